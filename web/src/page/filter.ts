// The filter's input: fields and their words as one types, and what is wrong with it before it is sent.

import { fetchData, make } from '../element';
import { choices, type Choice } from './choices';

interface Field {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly operators: readonly string[];
  readonly values: string;
  readonly words: readonly string[];
  readonly meaning: string;
  readonly example: string;
}
interface Read { readonly reads: boolean; readonly faults: readonly { readonly message: string; readonly hint: string | null }[] }
interface TermChoice extends Choice { readonly put: string }

/** The term that is being typed: where it begins and its text up to the caret; none within quotes. */
export function termAt(text: string, caret: number): { start: number; word: string } | null {
  const before = text.slice(0, caret);
  if ((before.match(/"/g)?.length ?? 0) % 2 === 1) return null;
  const start = Math.max(before.lastIndexOf(' '), before.lastIndexOf('\t')) + 1;
  const minus = before[start] === '-' ? 1 : 0;
  return { start: start + minus, word: before.slice(start + minus) };
}

/** What may complete a term: fields by the beginning of their names, then a field's words. */
export function completions(word: string, fields: readonly Field[]): TermChoice[] {
  const colon = word.indexOf(':');
  if (colon < 0) {
    const key = word.toLowerCase();
    if (key === '') return [];
    return fields
      .filter((f) => f.name.startsWith(key) || f.aliases.some((a) => a.startsWith(key)))
      .map((f) => {
        const operator = f.operators.includes('>=') && !f.operators.includes(':') ? '>=' : (f.operators[0] ?? ':');
        return { name: f.name, about: `${f.meaning} ${f.example}`, put: f.name + operator };
      })
      .slice(0, 10);
  }
  const name = word.slice(0, colon).toLowerCase();
  const field = fields.find((f) => f.name === name || f.aliases.includes(name));
  if (field === undefined || field.words.length === 0) return [];
  const typed = word.slice(colon + 1);
  const comma = typed.lastIndexOf(',') + 1;
  const last = typed.slice(comma).toLowerCase();
  return field.words
    .filter((w) => w.toLowerCase().startsWith(last) && w.toLowerCase() !== last)
    .map((w) => ({ name: w, about: '', put: word.slice(0, colon + 1 + comma) + w }))
    .slice(0, 12);
}

/** Inputs named `q` in filter forms offer fields as one types and say what cannot be read. */
export function filterHelp(): void {
  let fields: Promise<readonly Field[]> | null = null;
  for (const input of document.querySelectorAll<HTMLInputElement>('.filter-form input[name="q"]')) {
    choices<TermChoice>(input, {
      label: 'Fields of the filter',
      find: async () => {
        const term = termAt(input.value, input.selectionStart ?? input.value.length);
        if (term === null) return [];
        fields ??= fetchData<{ rows: Field[] }>('/v1/filter/fields').then((d) => d.rows);
        return completions(term.word, await fields);
      },
      take: (choice) => {
        const caret = input.selectionStart ?? input.value.length;
        const term = termAt(input.value, caret);
        if (term === null) return;
        const head = input.value.slice(0, term.start) + choice.put;
        input.value = head + input.value.slice(caret);
        input.setSelectionRange(head.length, head.length);
      },
    });
    check(input);
  }
}

/** Says beneath the input what cannot be read, once typing rests. */
function check(input: HTMLInputElement): void {
  const said = make('p', { class: 'filter-said', role: 'status' });
  input.form?.after(said);
  let timer = 0;
  let turn = 0;
  input.addEventListener('input', () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      const mine = (turn += 1);
      const q = input.value.trim();
      if (q === '') { said.textContent = ''; return; }
      fetchData<Read>(`/v1/filter?q=${encodeURIComponent(q)}`)
        .then((read) => {
          if (mine !== turn) return;
          const fault = read.faults[0];
          said.textContent = fault ? `Cannot be read yet: ${fault.message}${fault.hint ? ` (${fault.hint})` : ''}` : '';
        })
        .catch(() => { said.textContent = ''; });
    }, 700);
  });
}
