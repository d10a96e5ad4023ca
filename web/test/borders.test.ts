import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mesh } from 'topojson-client';
import { expect, test } from 'vitest';
import { borders, contested, CONTESTED, key, split, type World } from '../src/map/borders';
import { flat, land } from '../src/map/land';
import { names, placed } from '../src/map/names';

const world = JSON.parse(readFileSync(join(import.meta.dirname, '../node_modules/world-atlas/countries-50m.json'), 'utf8')) as World;
const passes = (lines: number[][][], x: number, y: number): boolean =>
  lines.some((line) => line.some(([lon = 0, lat = 0]) => Math.hypot(lon - x, lat - y) < 0.35));

test('every contested pair has a line on the basemap, or is the glacier that touches some only', () => {
  const bare = CONTESTED.filter((pair) => {
    const line = mesh(world, world.objects.countries, (a, b) =>
      a !== b && contested(key(a as Parameters<typeof key>[0]), key(b as Parameters<typeof key>[0])) === pair);
    const parts = pair.within === undefined ? line.coordinates : line.coordinates.flatMap((l) => split(l, pair.within ?? [0, 0, 0, 0]).inside);
    return parts.length === 0;
  });
  expect(bare.filter((p) => p.a !== 'Siachen Glacier')).toEqual([]);
  expect(bare.length).toBeLessThan(3);
});

test('contested lines are dashed and the others are not', () => {
  const { settled, dashed } = borders(world);
  const [plain, broken] = [settled.geometry.coordinates, dashed.geometry.coordinates];
  for (const [what, x, y] of [['Kosovo and Serbia', 20.8, 43.2], ['Crimea', 33.7, 46.1], ['Korea', 127.1, 38.3], ['Kashmir', 74.3, 33.7]] as const) {
    expect(passes(broken, x, y), what).toBe(true);
  }
  for (const [what, x, y] of [['Kosovo and Albania', 20.5, 42.25], ['France and Spain', 0.7, 42.7], ['Ukraine and Russia at Kharkiv', 36.6, 50.2]] as const) {
    expect(passes(plain, x, y), what).toBe(true);
    expect(passes(broken, x, y), what).toBe(false);
  }
});

test('no border is lost or drawn twice', () => {
  const segments = (lines: number[][][]): number => lines.reduce((n, l) => n + l.length - 1, 0);
  const { settled, dashed } = borders(world);
  const all = mesh(world, world.objects.countries, (a, b) => a !== b);
  expect(segments(settled.geometry.coordinates) + segments(dashed.geometry.coordinates)).toBe(segments(all.coordinates));
});

test('names stand within their countries, none over another', () => {
  const all = names(world);
  const france = all.find((n) => n.text === 'France');
  expect(france?.at[0]).toBeGreaterThan(45);
  expect(france?.at[0]).toBeLessThan(48);
  const shown = placed(all, ([lat, lon]) => ({ x: (lon + 180) * 4, y: (90 - lat) * 4 }), 4);
  expect(shown.length).toBeGreaterThan(10);
  expect(shown.map((n) => n.text)).toContain('Russia');
  expect(shown.map((n) => n.text)).not.toContain('Luxembourg');
});

test('land has no seam: no edge goes across the map', () => {
  const rings = land(world).geometry.coordinates.flat();
  const far = rings.filter((ring) => ring.some(([lon = 0, lat = 0], i) => i > 0 && Math.abs(lon - (ring[i - 1]?.[0] ?? 0)) > 180 && Math.abs(lat) < 89));
  expect(far).toEqual([]);
  expect(flat([[170, 0], [-170, 0], [-170, 10], [170, 10], [170, 0]])).toEqual([[170, 0], [190, 0], [190, 10], [170, 10], [170, 0]]);
  const russia = names(world).find((n) => n.text === 'Russia');
  expect(russia?.at[0]).toBeGreaterThan(55);
  expect(russia?.at[1]).toBeGreaterThan(80);
  expect(russia?.at[1]).toBeLessThan(110);
});
