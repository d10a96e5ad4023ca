// What is drawn for a place: a point, a shade where it is known less finely, a count for several.

import { counted, make } from '../element';

/** A place as the server tells it. */
export interface Place {
  readonly name: string;
  readonly country: string | null;
  readonly admin1: string | null;
  readonly lat: number;
  readonly lon: number;
  readonly precision: string;
  readonly incidents: number;
  /** Incidents by quad class: verbal and material cooperation, verbal and material conflict. */
  readonly quad: readonly [number, number, number, number];
  /** Of the last, how many with force. */
  readonly assaults?: number;
  readonly killed?: number | null;
  readonly latest: string | null;
  readonly href: string;
}

/** Counts of incidents by class: q1, q2, q3, q4 without force, force. */
export type Counts = readonly [number, number, number, number, number];

/** The classes' names in style sheets and for people, in the order of [`Counts`]. */
export const CLASSES = ['q1', 'q2', 'q3', 'q4', 'qf'] as const;
const CLASS_NAMES = ['verbal cooperation', 'material cooperation', 'verbal conflict', 'material conflict', 'force'] as const;

/** How many of a place's incidents are of each class. */
export function counts(place: Pick<Place, 'quad' | 'assaults'>): Counts {
  const [a, b, c, d] = place.quad;
  const force = Math.min(d, place.assaults ?? 0);
  return [a, b, c, d - force, force];
}

/** The sum of two counts. */
export function sum(a: Counts, b: Counts): Counts {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3], a[4] + b[4]];
}

/** The class that most are of; of two alike, the graver. */
export function gravest(of: Counts): (typeof CLASSES)[number] {
  let best = 0;
  of.forEach((n, i) => { if (n >= (of[best] ?? 0)) best = i; });
  return CLASSES[best] ?? 'q4';
}

/** Whether a point would say no more than the reports do. */
export function isFine(precision: string): boolean {
  return precision === 'exact' || precision === 'settlement';
}

/** Pixels across: grows with the root of the count, never under what a finger hits. */
export function pixels(incidents: number): number {
  return Math.round(Math.min(56, 24 + 4 * Math.sqrt(Math.max(0, incidents - 1))));
}

/** Pixels across of a shade: about as large as the district or province, and clearly larger than any point. */
export function shadePixels(precision: string, metresPerPixel: number): number {
  const metres = precision === 'district' ? 30_000 : 100_000;
  return Math.round(Math.min(260, Math.max(precision === 'district' ? 44 : 64, metres / metresPerPixel)));
}

/** A ring's share by class as a gradient; the order of classes is always the same. */
export function ring(of: Counts): string {
  const all = of.reduce((a, b) => a + b, 0) || 1;
  let from = 0;
  const parts: string[] = [];
  of.forEach((n, i) => {
    if (n === 0) return;
    const to = from + (n / all) * 360;
    parts.push(`var(--${CLASSES[i] ?? 'q4'}) ${from.toFixed(1)}deg ${to.toFixed(1)}deg`);
    from = to;
  });
  return parts.length === 0 ? 'var(--q0)' : `conic-gradient(${parts.join(', ')})`;
}

/** Counts in words, the graver first, without those that are none. */
export function inWords(of: Counts): string {
  return of
    .map((n, i) => (n > 0 ? `${n} ${CLASS_NAMES[i] ?? ''}` : ''))
    .filter((t) => t !== '')
    .reverse()
    .join(', ');
}

/** How finely a place is known. */
export function fineness(precision: string): string {
  switch (precision) {
    case 'exact': return 'an exact place';
    case 'settlement': return 'known to the town or village';
    case 'district': return 'somewhere in this district';
    case 'admin1': return 'somewhere in this province';
    default: return 'not known where';
  }
}

/** The drawing of one place. */
export function spot(place: Place): HTMLElement {
  const fine = isFine(place.precision);
  const body = make('span', { class: `${fine ? 'spot-point' : 'spot-shade'} ${gravest(counts(place))}`, 'aria-hidden': 'true' });
  body.append(make('span', { class: 'spot-count' }, place.incidents > 1 || !fine ? String(place.incidents) : ''));
  return body;
}

/** The drawing of several places: the ring tells the classes, a dashed edge that some are not known finely. */
export function cluster(incidents: number, of: Counts, coarse: number): HTMLElement {
  const body = make('span', { class: coarse > 0 ? 'spot-cluster has-coarse' : 'spot-cluster', 'aria-hidden': 'true' },
    make('span', { class: 'spot-count' }, String(incidents)));
  body.style.background = ring(of);
  return body;
}

/** What is told of a place when asked. */
export function card(place: Place): HTMLElement {
  const where = [place.admin1 === place.name ? null : place.admin1, place.country].filter((t): t is string => t !== null && t !== '').join(', ');
  return make('div', { class: 'spot-card' },
    make('p', {}, make('strong', { dir: 'auto' }, place.name), where === '' ? null : make('span', { class: 'muted' }, ` ${where}`)),
    make('p', { class: 'muted' }, fineness(place.precision)),
    make('p', {}, inWords(counts(place)) || counted(place.incidents, 'incident', 'incidents')),
    place.killed == null ? null : make('p', {}, `Killed, as told: ${place.killed}`),
    place.latest === null ? null : make('p', {}, `The latest: ${place.latest}`),
    make('p', {}, make('a', { href: place.href }, `List ${counted(place.incidents, 'incident', 'incidents')}`)));
}
