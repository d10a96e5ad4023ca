// Light, dark, or as the system has it.

import { announce, kept } from '../element';

const THEMES = ['auto', 'light', 'dark'] as const;
type Theme = (typeof THEMES)[number];

function stored(): Theme {
  const word = kept.get('theme');
  return THEMES.find((t) => t === word) ?? 'auto';
}

function apply(theme: Theme): void {
  if (theme === 'auto') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  document.dispatchEvent(new Event('desk:theme'));
}

/** Applies what was chosen before and makes the button work. */
export function theme(): void {
  let now = stored();
  apply(now);
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-theme-toggle]')) {
    const name = (): void => { button.textContent = `Theme: ${now}`; };
    button.hidden = false;
    name();
    button.addEventListener('click', () => {
      now = THEMES[(THEMES.indexOf(now) + 1) % THEMES.length] ?? 'auto';
      kept.set('theme', now === 'auto' ? null : now);
      apply(now);
      name();
      announce(`Theme: ${now}`);
    });
  }
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => document.dispatchEvent(new Event('desk:theme')));
}
