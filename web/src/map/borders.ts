// Borders of the basemap, those that are contested apart from the others.

import type { Feature, MultiLineString, Position } from 'geojson';
import { mesh } from 'topojson-client';
import type { GeometryCollection, GeometryObject, Topology } from 'topojson-specification';

/** The basemap: Natural Earth at 1:50 m by way of `world-atlas`. */
export type World = Topology<{ countries: GeometryCollection<{ name: string }>; land: GeometryObject }>;

/** Two countries by ISO 3166 number, or by name where the basemap has no number, and the box that it is about, if not all of it. */
interface Contested {
  readonly a: string;
  readonly b: string;
  readonly within?: readonly [west: number, south: number, east: number, north: number];
}

/**
 * Where at least one of the two, or a resolution of the United Nations, holds the line not to be a settled border. What
 * the basemap has no line for (Abkhazia, South Ossetia, Transnistria) cannot be dashed.
 */
export const CONTESTED: readonly Contested[] = [
  { a: 'Kosovo', b: '688' }, // Serbia
  { a: '732', b: '504' }, // Western Sahara, Morocco
  { a: '732', b: '478' }, // Western Sahara, Mauritania
  { a: '732', b: '012' }, // Western Sahara, Algeria
  { a: 'N. Cyprus', b: '196' },
  { a: '275', b: '376' }, // Palestine, Israel
  { a: '376', b: '760' }, // Israel, Syria: the Golan
  { a: 'Somaliland', b: '706' },
  { a: '408', b: '410' }, // Korea: the demarcation line
  { a: '356', b: '586', within: [73, 32.3, 80.5, 37.5] }, // India, Pakistan: Kashmir
  { a: '356', b: '156' }, // India, China
  { a: '586', b: '156' }, // Pakistan, China: Kashmir
  { a: 'Siachen Glacier', b: '356' },
  { a: 'Siachen Glacier', b: '586' },
  { a: 'Siachen Glacier', b: '156' },
  { a: '804', b: '643', within: [32.5, 45.5, 36.5, 46.6] }, // Ukraine, Russia: Crimea
  { a: '729', b: '728', within: [27.5, 8.8, 29.9, 10.8] }, // Sudan, South Sudan: Abyei
  { a: '818', b: '729', within: [33, 21.5, 38, 23.5] }, // Egypt, Sudan: Halaib and Bir Tawil
  { a: '064', b: '156' }, // Bhutan, China
  { a: '051', b: '031' }, // Armenia, Azerbaijan: not delimited
  { a: '328', b: '862' }, // Guyana, Venezuela: the Essequibo
  { a: '328', b: '740', within: [-58.6, 1.5, -56.2, 4.3] }, // Guyana, Suriname: the New River triangle
  { a: '231', b: '729', within: [35.4, 12, 37, 14.6] }, // Ethiopia, Sudan: al-Fashaga
  { a: '231', b: '232' }, // Ethiopia, Eritrea: awarded, not marked
  { a: '764', b: '116', within: [103.4, 14, 105.6, 14.8] }, // Thailand, Cambodia: the Dangrek
];

/** What a country goes by: its number, or its name. */
export function key(country: { id?: string | number | undefined; properties?: { name: string } | undefined }): string {
  return country.id === undefined ? (country.properties?.name ?? '') : String(country.id).padStart(3, '0');
}

/** The entry for two countries, in either order. */
export function contested(a: string, b: string): Contested | undefined {
  return CONTESTED.find((c) => (c.a === a && c.b === b) || (c.a === b && c.b === a));
}

/** A line in parts: those whose middles lie in the box, and those whose do not. */
export function split(line: readonly Position[], box: NonNullable<Contested['within']>): { inside: Position[][]; outside: Position[][] } {
  const parts = { inside: [] as Position[][], outside: [] as Position[][] };
  let now: Position[] = [];
  let was: boolean | null = null;
  for (let i = 1; i < line.length; i += 1) {
    const [from, to] = [line[i - 1], line[i]];
    if (from === undefined || to === undefined) continue;
    const [x, y] = [((from[0] ?? 0) + (to[0] ?? 0)) / 2, ((from[1] ?? 0) + (to[1] ?? 0)) / 2];
    const is = x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3];
    if (is !== was) {
      now = [from];
      (is ? parts.inside : parts.outside).push(now);
      was = is;
    }
    now.push(to);
  }
  return parts;
}

function lines(coordinates: Position[][]): Feature<MultiLineString> {
  return { type: 'Feature', properties: {}, geometry: { type: 'MultiLineString', coordinates } };
}

/** All borders on land: settled ones and contested ones. */
export function borders(world: World): { settled: Feature<MultiLineString>; dashed: Feature<MultiLineString> } {
  const of = (a: GeometryObject, b: GeometryObject): Contested | undefined =>
    contested(key(a as Parameters<typeof key>[0]), key(b as Parameters<typeof key>[0]));
  const all = world.objects.countries;
  const settled = [...mesh(world, all, (a, b) => a !== b && of(a, b) === undefined).coordinates];
  const dashed = [...mesh(world, all, (a, b) => a !== b && of(a, b) !== undefined && of(a, b)?.within === undefined).coordinates];
  for (const pair of CONTESTED) {
    const box = pair.within;
    if (box === undefined) continue;
    for (const line of mesh(world, all, (a, b) => a !== b && of(a, b) === pair).coordinates) {
      const { inside, outside } = split(line, box);
      dashed.push(...inside);
      settled.push(...outside);
    }
  }
  return { settled: lines(settled), dashed: lines(dashed) };
}
