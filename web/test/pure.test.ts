// What of the scripts needs no page.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Topology } from 'topojson-specification';
import { borders, CONTESTED, labels } from '../src/borders';
import { feature } from 'topojson-client';
import type { GeometryCollection } from 'topojson-specification';
import type { FeatureCollection } from 'geojson';
import { box, size, symbolOf, withBox } from '../src/place';
import { withSpan } from '../src/span';

const world = JSON.parse(readFileSync(join(import.meta.dirname, '../node_modules/world-atlas/countries-50m.json'), 'utf8')) as Topology;

test('contested borders are apart from the others, and none is lost', () => {
  const { plain, contested } = borders(world);
  expect(contested.coordinates.length).toBeGreaterThan(15);
  expect(plain.coordinates.length).toBeGreaterThan(150);
  // Kosovo's northern border lies near 43 north, 21 east.
  const near = (line: number[][]) => line.some(([x, y]) => Math.abs((x ?? 0) - 20.8) < 0.4 && Math.abs((y ?? 0) - 43.1) < 0.3);
  expect(contested.coordinates.some((l) => near(l as number[][]))).toBe(true);
});

test('every contested name is one of the basemap', () => {
  const names = new Set((world.objects['countries'] as GeometryCollection<{ name: string }>).geometries.map((g) => (g.properties as { name?: string } | undefined)?.name));
  for (const { pair } of CONTESTED) for (const name of pair) expect(name === '*' || names.has(name), name).toBe(true);
});

test('countries have one label each', () => {
  const all = feature(world, world.objects['countries'] as GeometryCollection<{ name: string }>) as FeatureCollection;
  const found = labels(all.features);
  expect(found.length).toBe(new Set(found.map((l) => l.name)).size);
  const serbia = found.find((l) => l.name === 'Serbia');
  expect(serbia?.at[0]).toBeCloseTo(44.2, 0);
});

test('what is known to a country only has no symbol', () => {
  expect(symbolOf('settlement')).toBe('point');
  expect(symbolOf('admin1')).toBe('shade');
  for (const coarse of ['country', 'region', 'unknown', '']) expect(symbolOf(coarse)).toBe('none');
});

test('clusters can be hit with a finger and do not cover the map', () => {
  expect(size(1)).toBeGreaterThanOrEqual(24);
  expect(size(1e6)).toBeLessThanOrEqual(64);
});

test('a filter keeps its other terms when box or days change', () => {
  expect(withBox('type:ASSAULT bbox:1,2,3,4', box(-200, -90, 20.126, 45))).toBe('type:ASSAULT bbox:-180.00,-85.00,20.13,45.00');
  expect(withSpan('dyad:SRB<>XKX since:2020 until:2021', '2023-01-01', '2023-02-01')).toBe('dyad:SRB<>XKX since:2023-01-01 until:2023-02-01');
  expect(withSpan('', '', '2023-02-01')).toBe('until:2023-02-01');
});
