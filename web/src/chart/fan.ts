// Deaths by month: as they were, and ahead as bands, on the scale log(1 + n).

import * as Plot from '@observablehq/plot';
import { thousands } from '../element';
import { dayOf, PLAIN, type Drawing } from './draw';

interface Behind { readonly month: string; readonly killed_best: number | null; readonly killed_low?: number | null; readonly killed_high?: number | null }
interface Ahead { readonly month: string; readonly p05: number; readonly p25: number; readonly p50: number; readonly p75: number; readonly p95: number }
interface Data { readonly fan: { readonly past: readonly Behind[]; readonly ahead: readonly Ahead[] } | null }

const whole = (n: number): string => thousands(Math.round(n));

export const fan: Drawing<Data> = {
  can: (data) => data.fan != null && data.fan.ahead.length > 0 && data.fan.past.length + data.fan.ahead.length >= 2,
  describe: (data) => {
    const last = data.fan?.past.at(-1);
    const next = data.fan?.ahead[0];
    return `Deaths by month${last ? `: ${whole(last.killed_best ?? 0)} in ${last.month}` : ''}${next ? `; for ${next.month} the forecast is ${whole(next.p50)}, in nine of ten cases ${whole(next.p05)} to ${whole(next.p95)}` : ''}`;
  },
  draw: (data, width) => {
    const past = (data.fan?.past ?? []).filter((b) => b.killed_best !== null).map((b) => ({ ...b, day: dayOf(b.month), n: b.killed_best ?? 0 }));
    const ahead = (data.fan?.ahead ?? []).map((a) => ({ ...a, day: dayOf(a.month) }));
    const last = past.at(-1);
    // The bands begin at what is known, so that the eye is led from the line into them.
    const bands = last ? [{ month: last.month, day: last.day, p05: last.n, p25: last.n, p50: last.n, p75: last.n, p95: last.n }, ...ahead] : ahead;
    const most = Math.max(10, ...past.map((b) => Math.max(b.n, b.killed_high ?? 0)), ...ahead.map((a) => a.p95));
    const ticks = [0, 1, 10, 100, 1000, 10_000, 100_000, 1_000_000].filter((t) => t <= most);
    const ranged = past.filter((b) => b.killed_low != null && b.killed_high != null && b.killed_low !== b.killed_high);
    return Plot.plot({
      ...PLAIN, width, height: Math.round(Math.max(220, Math.min(340, width * 0.45))), marginLeft: 58, marginRight: 14, marginBottom: 30,
      x: { type: 'utc', label: null }, y: { type: 'symlog', constant: 1, domain: [0, most * 1.05], label: null },
      marks: [
        Plot.gridY(ticks, { stroke: 'var(--rule)', strokeOpacity: 1 }),
        Plot.axisY(ticks, { tickFormat: whole, tickSize: 0 }),
        Plot.axisX({ ticks: Math.max(3, Math.round(width / 110)), tickSize: 4 }),
        Plot.areaY(bands, { x: 'day', y1: 'p05', y2: 'p95', fill: 'var(--band90)' }),
        Plot.areaY(bands, { x: 'day', y1: 'p25', y2: 'p75', fill: 'var(--band50)' }),
        last ? Plot.ruleX([last.day], { stroke: 'var(--strong-rule)', strokeDasharray: '4 3' }) : null,
        last ? Plot.text([last], { x: 'day', frameAnchor: 'top', text: () => 'forecast →', textAnchor: 'start', dx: 5, fill: 'var(--muted)' }) : null,
        Plot.ruleX(ranged, { x: 'day', y1: 'killed_low', y2: 'killed_high', stroke: 'var(--line)', strokeOpacity: 0.6 }),
        Plot.lineY(past, { x: 'day', y: 'n', stroke: 'var(--line)', strokeWidth: 2 }),
        Plot.lineY(bands, { x: 'day', y: 'p50', stroke: 'var(--line)', strokeWidth: 1.6, strokeDasharray: '2 3' }),
        Plot.tip([
          ...past.map((b) => ({ day: b.day, n: b.n, said: `${b.month}: ${whole(b.n)} killed` })),
          ...ahead.map((a) => ({ day: a.day, n: a.p50, said: `${a.month}: ${whole(a.p50)}\nhalf of cases ${whole(a.p25)} to ${whole(a.p75)}\nnine of ten ${whole(a.p05)} to ${whole(a.p95)}` })),
        ], Plot.pointerX({ x: 'day', y: 'n', title: 'said', lineHeight: 1.3, fill: 'var(--raised)', stroke: 'var(--strong-rule)' })),
      ],
    });
  },
};
