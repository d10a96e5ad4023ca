// The two sides of the question: names that complete themselves.

import { fetchData } from '../element';
import { choices, type Choice } from './choices';

interface Party { readonly code: string; readonly name: string; readonly kind: string }
interface PartyChoice extends Choice { readonly code: string }

/** Inputs with `data-parties` (or `data-party`) offer parties as one types. */
export function parties(): void {
  for (const input of document.querySelectorAll<HTMLInputElement>('input[data-parties], input[data-party]')) {
    let chosen: PartyChoice | null = null;
    choices<PartyChoice>(input, {
      label: 'Parties',
      find: async () => {
        const words = input.value.trim();
        if (words.length < 2) return [];
        const { rows } = await fetchData<{ rows: Party[] }>(`/v1/parties?limit=10&q=${encodeURIComponent(words)}`);
        return rows.map((p) => ({ name: p.name, about: `${p.kind} · ${p.code}`, code: p.code }));
      },
      take: (choice) => { input.value = choice.name; chosen = choice; },
    });
    // A name may be of several parties; the code that was chosen is of one.
    input.form?.addEventListener('formdata', (event) => {
      if (chosen !== null && input.value === chosen.name) event.formData.set(input.name, chosen.code);
    });
  }
}
