import { expect, test } from 'vitest';
import { bars, snapped, stepEnd, type Cell } from '../src/chart/cells';

const cell = (from: string, actor: string, over: Partial<Cell>): Cell => ({
  set: 'forewarn', from, actor, recipient: null, happenings: 1, verbal_cooperation: 0, material_cooperation: 0,
  verbal_conflict: 0, material_conflict: 0, assaults: 0, reports: 1, ...over,
});
const day = (d: Date): string => d.toISOString().slice(0, 10);

test('the second direction goes down, each row on its own scale', () => {
  const all = bars([
    cell('2023-09-18', 'SRB', { verbal_conflict: 4 }),
    cell('2023-09-18', 'XKX', { verbal_conflict: 2, material_conflict: 3, assaults: 1 }),
  ], 'week', ['SRB', 'XKX']);
  const share = (row: string): number[] => all.bars.filter((b) => b.row === row).map((b) => b.share);
  expect(share('verbal conflict')).toEqual([1, -0.5]);
  expect(share('force')).toEqual([-1]);
  expect(all.most.get('material conflict without force')).toBe(2);
  expect([day(all.from), day(all.to)]).toEqual(['2023-09-18', '2023-09-25']);
});

test('counts of two event sets are never added up', () => {
  const all = bars([cell('2023-09-01', 'SRB', { verbal_conflict: 1 }), cell('2023-09-01', 'SRB', { set: 'icews', verbal_conflict: 9 })], 'month', []);
  expect(all.set).toBe('forewarn');
  expect(all.most.get('verbal conflict')).toBe(1);
});

test('steps end where the next begins, and the brush falls on them', () => {
  const start = new Date('2024-01-31T00:00:00Z');
  expect(day(stepEnd(new Date('2024-02-01T00:00:00Z'), 'month'))).toBe('2024-03-01');
  expect(day(stepEnd(start, 'day'))).toBe('2024-02-01');
  expect(day(snapped(new Date('2024-02-20T00:00:00Z'), 'month', start))).toBe('2024-03-01');
  expect(day(snapped(new Date('2023-09-23T00:00:00Z'), 'week', new Date('2023-09-18T00:00:00Z')))).toBe('2023-09-25');
});
