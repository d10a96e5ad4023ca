// Small things that every script of the pages needs.

/** Data of the desk. */
export async function json<T>(src: string): Promise<T> {
  const answer = await fetch(src, { headers: { accept: 'application/json' }, credentials: 'same-origin' });
  if (!answer.ok) throw new Error(`${src}: ${answer.status}`);
  return await answer.json() as T;
}

/** An element with a class and text; text is never read as markup. */
export function element<K extends keyof HTMLElementTagNameMap>(name: K, cls = '', text = ''): HTMLElementTagNameMap[K] {
  const out = document.createElement(name);
  if (cls) out.className = cls;
  if (text) out.textContent = text;
  return out;
}

/** The value of a colour of the style sheet. */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** A probability as the pages write it. */
export function percent(p: number): string {
  if (p < 0.001) return 'under 0.1 %';
  if (p < 0.0995) return `${(p * 100).toFixed(1)} %`;
  return p > 0.995 ? 'over 99 %' : `${Math.round(p * 100)} %`;
}
