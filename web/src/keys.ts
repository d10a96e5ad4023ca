// Keys for who works without a mouse: `/` to the filter, j and k along a list, `?` says which there are.
import { element } from './page';

const KEYS: [string, string][] = [['/', 'to the filter'], ['j', 'next entry'], ['k', 'entry before'], ['g h', 'first page'], ['g w', 'watchlist'], ['g m', 'map'], ['?', 'this list']];

export function keys(): void {
  let before = '';
  document.addEventListener('keydown', (e) => {
    const target = e.target as HTMLElement;
    if (e.ctrlKey || e.metaKey || e.altKey || target.matches('input, select, textarea, [contenteditable]')) return;
    const pair = `${before} ${e.key}`;
    before = e.key;
    if (e.key === '/') {
      const filter = document.querySelector<HTMLInputElement>('input[name=q], input[name=a]');
      if (filter) { e.preventDefault(); filter.focus(); filter.select(); }
    } else if (e.key === 'j' || e.key === 'k') step(e.key === 'j' ? 1 : -1);
    else if (e.key === '?') help();
    else if (pair === 'g h') location.href = '/';
    else if (pair === 'g w') location.href = '/watchlist';
    else if (pair === 'g m') location.href = '/map';
  });
}

/** Moves the focus to the entry after or before the present one. */
function step(by: number): void {
  const all = [...document.querySelectorAll<HTMLElement>('.card-quote a, .card > p > a, .rows tbody th a')];
  const at = all.indexOf(document.activeElement as HTMLElement);
  all[Math.max(0, Math.min(all.length - 1, at + by))]?.focus();
}

function help(): void {
  const old = document.querySelector<HTMLDialogElement>('dialog.keys');
  if (old) { old.showModal(); return; }
  const dialog = element('dialog', 'keys');
  dialog.setAttribute('aria-label', 'Keys');
  dialog.append(element('h2', '', 'Keys'));
  const list = element('dl');
  for (const [key, what] of KEYS) {
    const dt = element('dt');
    dt.append(element('kbd', '', key));
    list.append(dt, element('dd', '', what));
  }
  const close = element('button', '', 'Close');
  close.addEventListener('click', () => dialog.close());
  dialog.append(list, close);
  document.body.append(dialog);
  dialog.showModal();
}
