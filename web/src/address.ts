// Terms of the filter language inside an address: put in, taken out, read.

/** Other names of a field that mean the same; see `/help/filter`. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  since: ['since', 'from'],
  until: ['until'],
  bbox: ['bbox', 'box'],
};

/** West, south, east, north in degrees. */
export type Box = readonly [number, number, number, number];

/** The terms of a filter as they were typed; blanks within quotes do not part them. */
export function terms(q: string): string[] {
  return q.match(/(?:"(?:\\.|[^"\\])*"?|[^\s"])+/g) ?? [];
}

function isAbout(term: string, field: string): boolean {
  const name = /^([a-z_-]+):/i.exec(term)?.[1]?.toLowerCase();
  return name !== undefined && (ALIASES[field] ?? [field]).includes(name);
}

/** The value of a field's first term that is not negated. */
export function valueOf(q: string, field: string): string | null {
  const term = terms(q).find((t) => isAbout(t, field));
  return term === undefined ? null : term.slice(term.indexOf(':') + 1);
}

/** The filter with this value as the field's only one; `null` drops it. */
export function withTerm(q: string, field: string, value: string | null): string {
  const kept = terms(q).filter((t) => !isAbout(t, field));
  if (value !== null && value !== '') kept.push(`${field}:${value}`);
  return kept.join(' ');
}

/** An address with its filter changed; an empty filter leaves no trace. */
export function withFilter(address: string, change: (q: string) => string): string {
  const [path = '', query = ''] = address.split('?', 2);
  const parameters = new URLSearchParams(query);
  const q = change(parameters.get('q') ?? '');
  if (q === '') parameters.delete('q');
  else parameters.set('q', q);
  const rest = parameters.toString();
  return rest === '' ? path : `${path}?${rest}`;
}

/** A box out of the text of a `bbox:` term; none where it is not one. */
export function readBox(text: string | null): Box | null {
  if (text === null) return null;
  const n = text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
  const [west, south, east, north] = n;
  if (n.length !== 4 || west === undefined || south === undefined || east === undefined || north === undefined) return null;
  if (!n.every(Number.isFinite) || south > north || Math.abs(south) > 90 || Math.abs(north) > 90) return null;
  return [west, south, east, north];
}

/** A box as the filter language has it: within the world, as coarse as the window allows (about a thousandth of it). */
export function writeBox(box: Box): string {
  const [west, south, east, north] = box;
  const digits = Math.min(4, Math.max(1, Math.ceil(3 - Math.log10(Math.max(1e-3, east - west)))));
  const held = (x: number, most: number): string => {
    const text = Math.min(most, Math.max(-most, x)).toFixed(digits);
    return text.includes('.') ? text.replace(/\.?0+$/, '').replace(/^-0$/, '0') : text;
  };
  return [held(west, 180), held(south, 90), held(east, 180), held(north, 90)].join(',');
}
