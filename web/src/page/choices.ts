// A list of choices under an input: the combobox of the ARIA Authoring Practices, with focus left in the input.

import { make } from '../element';

/** One line of the list. */
export interface Choice {
  /** What it is. */
  readonly name: string;
  /** What is said of it. */
  readonly about: string;
}

/** What a list of choices needs to know. */
export interface Source<C extends Choice> {
  /** Choices for what stands in the input now; none closes the list. */
  readonly find: () => Promise<readonly C[]>;
  /** Puts a choice into the input. */
  readonly take: (choice: C) => void;
  /** The list's name. */
  readonly label: string;
}

let made = 0;

/** Gives the input a list of choices. */
export function choices<C extends Choice>(input: HTMLInputElement, source: Source<C>): void {
  const id = `choices-${(made += 1)}`;
  const list = make('ul', { id, role: 'listbox', class: 'choices', 'aria-label': source.label, hidden: true });
  const around = make('span', { class: 'choices-box' });
  input.replaceWith(around);
  around.append(input, list);
  for (const [name, value] of [['role', 'combobox'], ['aria-autocomplete', 'list'], ['aria-expanded', 'false'], ['aria-controls', id]] as const) {
    input.setAttribute(name, value);
  }
  let shown: readonly C[] = [];
  let at = -1;
  let turn = 0;
  let timer = 0;

  const close = (): void => {
    turn += 1;
    window.clearTimeout(timer);
    list.hidden = true;
    shown = [];
    at = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };
  const point = (to: number): void => {
    at = to;
    [...list.children].forEach((line, i) => line.setAttribute('aria-selected', String(i === at)));
    const line = list.children[at];
    if (line === undefined) input.removeAttribute('aria-activedescendant');
    else {
      input.setAttribute('aria-activedescendant', line.id);
      line.scrollIntoView({ block: 'nearest' });
    }
  };
  const take = (choice: C): void => { source.take(choice); close(); };
  const open = async (): Promise<void> => {
    const mine = (turn += 1);
    let found: readonly C[];
    try { found = await source.find(); } catch { found = []; }
    // An answer to what was typed before is of no use.
    if (mine !== turn) return;
    if (found.length === 0 || document.activeElement !== input) { close(); return; }
    shown = found;
    list.replaceChildren(...found.map((choice, i) => {
      const line = make('li', { id: `${id}-${i}`, role: 'option', 'aria-selected': 'false' },
        make('span', { class: 'choice-name', dir: 'auto' }, choice.name), ' ', make('span', { class: 'choice-about' }, choice.about));
      // Before the input loses focus.
      line.addEventListener('pointerdown', (event) => { event.preventDefault(); take(choice); });
      return line;
    }));
    list.hidden = false;
    input.setAttribute('aria-expanded', 'true');
    point(-1);
  };

  input.addEventListener('input', () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => { void open(); }, 120);
  });
  input.addEventListener('blur', close);
  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (list.hidden) { void open(); return; }
      const step = event.key === 'ArrowDown' ? 1 : -1;
      point(at < 0 && step < 0 ? shown.length - 1 : (at + step + shown.length) % shown.length);
    } else if (event.key === 'Escape' && !list.hidden) {
      event.preventDefault();
      close();
    } else if ((event.key === 'Enter' || event.key === 'Tab') && !list.hidden) {
      const choice = shown[at];
      if (choice === undefined) { close(); return; }
      if (event.key === 'Enter') event.preventDefault();
      take(choice);
    }
  });
}
