// What we would have said on earlier days, over what came.

import * as Plot from '@observablehq/plot';
import { dayOf, percent, PLAIN, share, type Drawing } from './draw';

interface Point {
  readonly as_of: string;
  readonly p: number;
  readonly interval_90: readonly [number, number];
  readonly base_rate: number;
  readonly came: boolean | null;
}
interface Data { readonly past: readonly Point[]; readonly horizon_days: number }

const came = (p: Point): string => (p.came === null ? 'not over yet' : p.came ? 'it came' : 'it did not come');

export const past: Drawing<Data> = {
  can: (data) => Array.isArray(data.past) && data.past.length >= 2,
  key: (data) => [
    ['key-yes', `it came within ${data.horizon_days} days`], ['key-no', 'it did not come'], ['key-open', 'not over yet'],
  ],
  describe: (data) => {
    const [first, last] = [data.past[0], data.past[data.past.length - 1]];
    if (first === undefined || last === undefined) return '';
    const over = data.past.filter((p) => p.came !== null);
    return `${data.past.length} forecasts from ${first.as_of} (${percent(first.p)}) to ${last.as_of} (${percent(last.p)}); of ${over.length} whose horizon is over, ${over.filter((p) => p.came).length} came true`;
  },
  draw: (data, width) => {
    const rows = data.past.map((p) => ({ ...p, day: dayOf(p.as_of), low: p.interval_90[0], high: p.interval_90[1] }));
    const most = Math.min(1, Math.max(0.05, ...rows.map((r) => Math.max(r.high, r.p, r.base_rate))) * 1.08);
    // The strip of what came stands under zero, as wide for each forecast as the time to the next.
    const strip = most * 0.16;
    const gaps = rows.slice(1).map((r, i) => r.day.getTime() - (rows[i]?.day.getTime() ?? 0)).sort((a, b) => a - b);
    const half = ((gaps[gaps.length >> 1] ?? 86_400_000) / 2) * 0.8;
    const edge = (r: { day: Date }, side: number): Date => new Date(r.day.getTime() + side * half);
    return Plot.plot({
      ...PLAIN, width, height: Math.round(Math.max(220, Math.min(320, width * 0.42))), marginLeft: 48, marginRight: 14, marginBottom: 30,
      x: { type: 'utc', label: null }, y: { domain: [-strip * 1.25, most], label: null },
      marks: [
        Plot.areaY(rows, { x: 'day', y1: 'low', y2: 'high', fill: 'var(--band90)' }),
        Plot.gridY(ticks(most), { stroke: 'var(--strong-rule)', strokeOpacity: 0.35 }),
        Plot.axisY(ticks(most), { tickFormat: share, tickSize: 0 }),
        Plot.axisX({ ticks: Math.max(3, Math.round(width / 110)), tickSize: 4 }),
        Plot.lineY(rows, { x: 'day', y: 'base_rate', stroke: 'var(--base)', strokeWidth: 1.5, strokeDasharray: '6 4' }),
        Plot.lineY(rows, { x: 'day', y: 'p', stroke: 'var(--line)', strokeWidth: 2 }),
        Plot.dot(rows, { x: 'day', y: 'p', r: 2.4, fill: 'var(--line)' }),
        Plot.ruleY([0], { stroke: 'var(--strong-rule)' }),
        Plot.rect(rows.filter((r) => r.came === true), { x1: (r) => edge(r, -1), x2: (r) => edge(r, 1), y1: -strip, y2: -strip * 0.1, fill: 'var(--qf)' }),
        Plot.rect(rows.filter((r) => r.came === false), { x1: (r) => edge(r, -1), x2: (r) => edge(r, 1), y1: -strip, y2: -strip * 0.72, fill: 'var(--strong-rule)' }),
        Plot.rect(rows.filter((r) => r.came === null), { x1: (r) => edge(r, -1), x2: (r) => edge(r, 1), y1: -strip, y2: -strip * 0.72, fill: 'none', stroke: 'var(--strong-rule)', inset: 0.5 }),
        Plot.tip(rows, Plot.pointerX({
          x: 'day', y: 'p', fill: 'var(--raised)', stroke: 'var(--strong-rule)', textPadding: 8,
          lineHeight: 1.3, title: (r: (typeof rows)[number]) => `${r.as_of}: ${percent(r.p)}\n90 % interval ${percent(r.low)} to ${percent(r.high)}\nbase rate ${percent(r.base_rate)}\n${came(r)}`,
        })),
      ],
    });
  },
};

/** Round shares from none up to the most; none below, where the strip of what came is. */
function ticks(most: number): number[] {
  const step = [0.01, 0.02, 0.05, 0.1, 0.2, 0.25].find((s) => most / s <= 5.5) ?? 0.25;
  return Array.from({ length: Math.floor(most / step + 1e-9) + 1 }, (_, i) => i * step);
}
