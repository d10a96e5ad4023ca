// Keys: `?` for what there is, `/` to the filter, `j` and `k` through lists. They can be switched off (WCAG 2.1.4).

import { kept, make } from '../element';

const KEYS: readonly (readonly [string, string])[] = [
  ['/', 'to the filter, or the first input of the page'],
  ['j', 'to the next line of a list'],
  ['k', 'to the line before'],
  ['Enter', 'opens the line'],
  ['m', 'to the content'],
  ['?', 'this help'],
  ['Esc', 'closes it'],
];

let dialog: HTMLDialogElement | null = null;

function areOn(): boolean {
  return kept.get('keys') !== 'off';
}

function help(): void {
  if (dialog === null) {
    const on = make('input', { type: 'checkbox', id: 'keys-on' });
    on.checked = areOn();
    on.addEventListener('change', () => kept.set('keys', on.checked ? null : 'off'));
    const body = make('tbody');
    for (const [key, what] of KEYS) body.append(make('tr', {}, make('th', { scope: 'row' }, make('kbd', {}, key)), make('td', {}, what)));
    const close = make('button', { type: 'button' }, 'Close');
    dialog = make('dialog', { class: 'keys-dialog', 'aria-labelledby': 'keys-title' },
      make('h2', { id: 'keys-title' }, 'Keys'), make('table', { class: 'rows' }, body),
      make('p', {}, make('label', { for: 'keys-on' }, on, ' single keys work')), close);
    const own = dialog;
    close.addEventListener('click', () => own.close());
    document.body.append(dialog);
  }
  if (!dialog.open) dialog.showModal();
}

/** Lines of the page's lists, each with the link that j and k go to. */
function lines(): HTMLElement[] {
  const found: HTMLElement[] = [];
  for (const line of document.querySelectorAll<HTMLElement>('main .cards > .card, main .rows tbody tr, main .tellings > li')) {
    if (line.closest('details:not([open])') !== null || line.closest('.served') !== null || line.parentElement?.closest('.card') != null) continue;
    const link = line.querySelector<HTMLElement>('.card-quote a[href], th a[href], a[href]');
    if (link !== null) found.push(link);
  }
  return found;
}

function go(step: 1 | -1): void {
  const all = lines();
  const here = document.activeElement;
  let at = all.findIndex((l) => l === here);
  if (at < 0 && here !== null && here !== document.body) {
    // From somewhere within a line, or between two: the nearest in that direction.
    const after = all.findIndex((l) => (here.compareDocumentPosition(l) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0);
    at = after < 0 ? all.length : step > 0 ? after - 1 : after;
  }
  const next = all[at < 0 && step < 0 ? all.length - 1 : at + step];
  next?.focus();
  next?.closest('li, tr')?.scrollIntoView({ block: 'nearest' });
}

/** Listens for keys. */
export function keys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.isComposing) return;
    const at = event.target;
    if (at instanceof HTMLElement && at.closest('input, select, textarea, [contenteditable], dialog, .map-box') !== null) return;
    if (event.key !== '?' && !areOn()) return;
    switch (event.key) {
      case '/': {
        const input = document.querySelector<HTMLInputElement>('main input[name="q"], main input:not([type="hidden"])');
        if (input === null) return;
        input.focus();
        input.select();
        break;
      }
      case '?': help(); break;
      case 'j': go(1); break;
      case 'k': go(-1); break;
      case 'm': document.getElementById('main')?.focus(); break;
      default: return;
    }
    event.preventDefault();
  });
  const foot = document.querySelector('.site-foot');
  if (foot !== null) {
    const button = make('button', { type: 'button', class: 'keys-button' }, 'Keys');
    button.addEventListener('click', help);
    foot.append(make('p', {}, button));
  }
}
