// Land without seams: the basemap closes its rings on a globe, a flat map has an edge at 180 degrees.

import type { Feature, MultiPolygon, Polygon, Position } from 'geojson';
import { feature } from 'topojson-client';
import type { World } from './borders';

/**
 * The ring laid flat: where it crosses 180 degrees it goes on beyond. One that goes round a pole is closed along the pole.
 */
export function flat(ring: readonly Position[]): Position[] {
  const out: Position[] = [];
  let shift = 0;
  let before: number | null = null;
  for (const [lon = 0, lat = 0] of ring) {
    if (before !== null) {
      if (lon - before > 180) shift -= 360;
      else if (lon - before < -180) shift += 360;
    }
    before = lon;
    out.push([lon + shift, lat]);
  }
  const [first, last] = [out[0], out[out.length - 1]];
  if (first === undefined || last === undefined || shift === 0) return out;
  const pole = ring.reduce((sum, [, lat = 0]) => sum + lat, 0) < 0 ? -90 : 90;
  out.push([last[0] ?? 0, pole], [first[0] ?? 0, pole], first);
  return out;
}

/** The polygons of a shape. */
export function polygons(shape: Feature['geometry']): Position[][][] {
  if (shape.type === 'Polygon') return [(shape as Polygon).coordinates];
  if (shape.type === 'MultiPolygon') return (shape as MultiPolygon).coordinates;
  if (shape.type === 'GeometryCollection') return shape.geometries.flatMap(polygons);
  return [];
}

/** All land; what crosses 180 degrees stands at both edges. */
export function land(world: World): Feature<MultiPolygon> {
  const shape = feature(world, world.objects.land) as Feature | { features: Feature[] };
  const all = 'features' in shape ? shape.features.flatMap((f) => polygons(f.geometry)) : polygons(shape.geometry);
  const out: Position[][][] = [];
  for (const polygon of all) {
    const rings = polygon.map(flat);
    out.push(rings);
    const lons = (rings[0] ?? []).map(([lon = 0]) => lon);
    const beyond = lons.some((x) => x > 180.5) ? -360 : lons.some((x) => x < -180.5) ? 360 : 0;
    if (beyond !== 0) out.push(rings.map((ring) => ring.map(([lon = 0, lat = 0]) => [lon + beyond, lat])));
  }
  return { type: 'Feature', properties: {}, geometry: { type: 'MultiPolygon', coordinates: out } };
}
