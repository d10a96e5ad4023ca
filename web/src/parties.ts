// Names of parties while they are typed, as the browser's own list of suggestions.
import { element, json } from './page';

interface Party { code: string; name: string }

export function parties(): void {
  for (const input of document.querySelectorAll<HTMLInputElement>('input[data-parties]')) {
    const list = element('datalist');
    list.id = `${input.name}-parties`;
    input.setAttribute('list', list.id);
    input.after(list);
    let waiting = 0;
    input.addEventListener('input', () => {
      clearTimeout(waiting);
      const q = input.value.trim();
      if (q.length < 2) return;
      waiting = window.setTimeout(() => { void suggest(list, q); }, 150);
    });
  }
}

async function suggest(list: HTMLDataListElement, q: string): Promise<void> {
  try {
    const found = await json<{ parties?: Party[]; rows?: Party[] } | Party[]>(`/v1/parties?${new URLSearchParams({ q }).toString()}`);
    const rows = Array.isArray(found) ? found : found.parties ?? found.rows ?? [];
    list.replaceChildren(...rows.map((p) => {
      const option = element('option');
      option.value = p.name;
      option.label = p.code;
      return option;
    }));
  } catch { /* Without suggestions the form works as well. */ }
}
