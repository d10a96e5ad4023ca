import { expect, test } from 'vitest';
import { counts, gravest, inWords, isFine, pixels, ring, shadePixels, sum } from '../src/map/symbols';

test('force is told apart from other material conflict', () => {
  expect(counts({ quad: [1, 0, 2, 5], assaults: 3 })).toEqual([1, 0, 2, 2, 3]);
  expect(counts({ quad: [0, 0, 0, 1], assaults: 4 })).toEqual([0, 0, 0, 0, 1]);
  expect(sum([1, 0, 2, 2, 3], [0, 1, 0, 0, 1])).toEqual([1, 1, 2, 2, 4]);
});

test('of two classes alike the graver gives the colour', () => {
  expect(gravest([3, 0, 1, 0, 0])).toBe('q1');
  expect(gravest([2, 0, 0, 0, 2])).toBe('qf');
});

test('a shade is clearly larger than any point, and nothing is smaller than a finger', () => {
  expect(pixels(1)).toBeGreaterThanOrEqual(24);
  expect(pixels(1_000_000)).toBeLessThanOrEqual(56);
  for (const metres of [78_000, 1200, 300]) {
    expect(shadePixels('district', metres)).toBeGreaterThan(pixels(1) * 1.5);
    expect(shadePixels('admin1', metres)).toBeGreaterThan(shadePixels('district', metres));
    expect(shadePixels('admin1', metres)).toBeLessThanOrEqual(260);
  }
  expect(['exact', 'settlement', 'district', 'admin1', 'country'].map(isFine)).toEqual([true, true, false, false, false]);
});

test('a ring has its classes in one order and closes', () => {
  expect(ring([1, 0, 0, 0, 3])).toBe('conic-gradient(var(--q1) 0.0deg 90.0deg, var(--qf) 90.0deg 360.0deg)');
  expect(ring([0, 0, 0, 0, 0])).toBe('var(--q0)');
  expect(inWords([2, 0, 0, 1, 3])).toBe('3 force, 1 material conflict, 2 verbal cooperation');
});
