// Light, dark, or as the system has it; remembered on this machine only.
const KEY = 'forewarn-theme';
const ORDER = ['auto', 'light', 'dark'] as const;
type Theme = (typeof ORDER)[number];

const stored = (): Theme => {
  try { return ORDER.find((t) => t === localStorage.getItem(KEY)) ?? 'auto'; } catch { return 'auto'; }
};

function set(theme: Theme): void {
  if (theme === 'auto') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  document.dispatchEvent(new Event('themechange'));
}

export function theme(): void {
  let now = stored();
  set(now);
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-theme-toggle]')) {
    button.hidden = false;
    const say = () => { button.textContent = `Theme: ${now}`; };
    say();
    button.addEventListener('click', () => {
      now = ORDER[(ORDER.indexOf(now) + 1) % ORDER.length] ?? 'auto';
      try { localStorage.setItem(KEY, now); } catch { /* It is not remembered then. */ }
      set(now);
      say();
    });
  }
}
