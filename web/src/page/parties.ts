// The two sides of the question: names that complete themselves.

import { fetchData } from '../element';
import { choices, type Choice } from './choices';

interface Party { readonly code: string; readonly name: string; readonly kind: string }
interface PartyChoice extends Choice { readonly code: string }

/** Inputs of forms with `data-parties` offer parties as one types. */
export function parties(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-parties]')) {
    const chosen = new Map<HTMLInputElement, PartyChoice>();
    for (const input of form.querySelectorAll<HTMLInputElement>('input[data-party]')) {
      choices<PartyChoice>(input, {
        label: 'Parties',
        find: async () => {
          const words = input.value.trim();
          if (words.length < 2) return [];
          const { rows } = await fetchData<{ rows: Party[] }>(`/v1/parties?limit=10&q=${encodeURIComponent(words)}`);
          return rows.map((p) => ({ name: p.name, about: `${p.kind} · ${p.code}`, code: p.code }));
        },
        take: (choice) => { input.value = choice.name; chosen.set(input, choice); },
      });
    }
    // A name may be of several parties; the code that was chosen is of one.
    form.addEventListener('formdata', (event) => {
      for (const [input, choice] of chosen) if (input.value === choice.name) event.formData.set(input.name, choice.code);
    });
  }
}
