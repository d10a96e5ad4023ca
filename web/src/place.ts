// Places of the map as the server gives them, and how each is drawn.

export interface PlaceCount {
  name: string; country: string | null; admin1: string | null; lat: number; lon: number; precision: string;
  incidents: number; quad: [number, number, number, number]; assaults: number; killed: number | null;
  latest: string | null; class: string; href: string;
}
export interface MapData { places: PlaceCount[]; countries: unknown[]; counted: number; whole: boolean; note: string }

/** A point only for what is known to a settlement; a shade, plainly larger than any place, for a district or province. */
export type Symbol = 'point' | 'shade' | 'none';

export function symbolOf(precision: string): Symbol {
  if (precision === 'exact' || precision === 'settlement') return 'point';
  if (precision === 'district' || precision === 'admin1') return 'shade';
  return 'none';
}

/** Pixels of a cluster or point with so many incidents: the area grows with the number, between 24 (a finger) and 64. */
export function size(incidents: number): number {
  return Math.round(Math.min(64, 22 + 6 * Math.sqrt(incidents)));
}

/** Radius in metres of a shade: a district is about 25 km across here, a province 60. */
export function radius(precision: string): number {
  return precision === 'admin1' ? 60_000 : 25_000;
}

/** A filter with the map's box instead of any it had. */
export function withBox(q: string, box: string): string {
  const rest = q.split(/\s+/).filter((t) => t !== '' && !/^-?bbox:/.test(t));
  return [...rest, `bbox:${box}`].join(' ');
}

/** West, south, east, north, to two decimals, kept on the globe. */
export function box(west: number, south: number, east: number, north: number): string {
  const keep = (n: number, most: number) => Math.max(-most, Math.min(most, n)).toFixed(2);
  return [keep(west, 180), keep(south, 85), keep(east, 180), keep(north, 85)].join(',');
}
