// Making elements. Everything goes in as text: what a report holds is never markup.

type Child = Node | string | null | undefined;

/** An element with attributes (`null` leaves one out) and children. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | number | boolean | null>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === false) continue;
    element.setAttribute(name, value === true ? '' : String(value));
  }
  for (const child of children) if (child !== null && child !== undefined) element.append(child);
  return element;
}

/** Says something to readers of screens, once. */
export function announce(text: string): void {
  let place = document.getElementById('desk-said');
  if (place === null) {
    place = make('div', { id: 'desk-said', role: 'status', class: 'visually-hidden' });
    document.body.append(place);
  }
  place.textContent = '';
  // A reader notices a change, not a first text.
  const at = place;
  window.setTimeout(() => { at.textContent = text; }, 30);
}

/** Fetches data of our own; throws on anything but an answer. */
export async function fetchData<T>(address: string, signal?: AbortSignal): Promise<T> {
  const answer = await fetch(address, { headers: { accept: 'application/json' }, ...(signal ? { signal } : {}) });
  if (!answer.ok) throw new Error(`${answer.status} for ${address}`);
  return (await answer.json()) as T;
}

/** A number with thin blanks between thousands. */
export function thousands(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

/** Text of one or of many. */
export function counted(n: number, one: string, many: string): string {
  return `${thousands(n)} ${n === 1 ? one : many}`;
}

/** What is kept between visits; nothing where the browser forbids it. */
export const kept = {
  get(name: string): string | null {
    try { return localStorage.getItem(`forewarn-${name}`); } catch { return null; }
  },
  set(name: string, value: string | null): void {
    try {
      if (value === null) localStorage.removeItem(`forewarn-${name}`);
      else localStorage.setItem(`forewarn-${name}`, value);
    } catch { /* A choice that is not kept is no fault. */ }
  },
};
