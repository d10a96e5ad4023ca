// Which borders of the basemap are contested, and so dashed. The basemap draws lines of control as if they were borders;
// none of it is an opinion on the status of any territory.
import type { Feature, GeometryObject, MultiLineString, Position } from 'geojson';
import { mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';

type Named = { name: string };
/** A pair of the basemap's names; with a box (west, south, east, north) only the lines within it are contested. */
interface Contested { pair: [string, string]; box?: [number, number, number, number] }

/** Pairs whose common border at least one of them, or many states, do not accept. `*` is any neighbour. */
export const CONTESTED: readonly Contested[] = [
  { pair: ['Kosovo', 'Serbia'] },
  { pair: ['W. Sahara', '*'] },
  { pair: ['N. Cyprus', 'Cyprus'] },
  { pair: ['Palestine', 'Israel'] },
  { pair: ['Israel', 'Syria'] },
  { pair: ['Somaliland', 'Somalia'] },
  { pair: ['Siachen Glacier', '*'] },
  { pair: ['North Korea', 'South Korea'] },
  { pair: ['India', 'Pakistan'], box: [72, 32.3, 78, 38] },
  { pair: ['India', 'China'] },
  { pair: ['China', 'Pakistan'], box: [74, 34.5, 78, 38] },
  { pair: ['China', 'Bhutan'] },
  { pair: ['Russia', 'Ukraine'] },
  { pair: ['Armenia', 'Azerbaijan'] },
  { pair: ['Sudan', 'S. Sudan'] },
  { pair: ['Egypt', 'Sudan'] },
  { pair: ['Ethiopia', 'Sudan'], box: [35.5, 12, 37, 14.6] },
  { pair: ['Ethiopia', 'Eritrea'] },
  { pair: ['Guyana', 'Venezuela'] },
  { pair: ['Guyana', 'Suriname'], box: [-58.5, 1.5, -56.3, 4.2] },
  { pair: ['Thailand', 'Cambodia'], box: [103.8, 14, 105.6, 14.7] },
];

export interface Borders { plain: MultiLineString; contested: MultiLineString }

const nameOf = (g: GeometryObject | object): string => (g as { properties?: Named }).properties?.name ?? '';

function match(a: string, b: string): Contested[] {
  const fits = (x: string, y: string) => x === y || y === '*';
  return CONTESTED.filter(({ pair: [p, q] }) => (fits(a, p) && fits(b, q)) || (fits(b, p) && fits(a, q)));
}

function within(line: Position[], [west, south, east, north]: [number, number, number, number]): boolean {
  const middle = line[Math.floor(line.length / 2)];
  if (!middle) return false;
  const [x, y] = middle as [number, number];
  return x >= west && x <= east && y >= south && y <= north;
}

/** The borders between countries, contested ones apart. Coasts are in neither. */
export function borders(world: Topology): Borders {
  const countries = world.objects['countries'] as GeometryCollection<Named>;
  const plain = mesh(world, countries, (a, b) => a !== b && match(nameOf(a), nameOf(b)).length === 0);
  const contested: Position[][] = [];
  const rest: Position[][] = [];
  for (const one of CONTESTED) {
    const lines = mesh(world, countries, (a, b) => a !== b && match(nameOf(a), nameOf(b)).includes(one)).coordinates;
    for (const line of lines) (one.box === undefined || within(line, one.box) ? contested : rest).push(line);
  }
  return {
    plain: { type: 'MultiLineString', coordinates: [...plain.coordinates, ...rest] },
    contested: { type: 'MultiLineString', coordinates: contested },
  };
}

/** A name with the middle of its country's largest ring, for labels. */
export interface Label { name: string; at: [number, number]; size: number }

export function labels(countries: Feature[]): Label[] {
  const out: Label[] = [];
  for (const country of countries) {
    const geometry = country.geometry;
    const rings = geometry.type === 'Polygon' ? [geometry.coordinates[0]]
      : geometry.type === 'MultiPolygon' ? geometry.coordinates.map((p) => p[0]) : [];
    let best: Label | undefined;
    for (const ring of rings) {
      if (!ring) continue;
      let [west, south, east, north] = [180, 90, -180, -90];
      for (const [x, y] of ring as [number, number][]) {
        west = Math.min(west, x); east = Math.max(east, x); south = Math.min(south, y); north = Math.max(north, y);
      }
      const size = (east - west) * (north - south);
      if (!best || size > best.size) best = { name: nameOf(country), at: [(south + north) / 2, (west + east) / 2], size };
    }
    if (best) out.push(best);
  }
  return out;
}
