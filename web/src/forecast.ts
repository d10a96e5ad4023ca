// Past forecasts over what came, the fan of deaths, and the reliability diagram.
import * as Plot from '@observablehq/plot';
import { colour, json, percent } from './page';

interface Past { as_of: string; p: number; interval_90: [number, number]; base_rate: number; came: boolean | null }

const style = () => ({ background: 'transparent', color: colour('--muted'), fontSize: '12px' });
const replace = (figure: HTMLElement, plot: Element, label: string) => {
  plot.setAttribute('role', 'img');
  plot.setAttribute('aria-label', label);
  const old = figure.querySelector('svg');
  if (old) old.replaceWith(plot); else figure.prepend(plot);
};
const wide = (figure: HTMLElement) => Math.max(300, Math.min(960, figure.clientWidth));

export async function past(figure: HTMLElement, src: string): Promise<void> {
  const data = await json<{ past: Past[]; horizon_days: number }>(src);
  if (data.past.length < 2) return;
  const rows = data.past.map((p) => ({ ...p, day: new Date(`${p.as_of}T00:00:00Z`) }));
  const label = figure.querySelector('svg')?.getAttribute('aria-label') ?? 'Past forecasts';
  const top = Math.max(0.05, ...rows.map((r) => r.interval_90[1]));
  replace(figure, Plot.plot({
    width: wide(figure), height: 260, marginLeft: 52, style: style(),
    x: { type: 'utc', label: null },
    y: { label: null, tickFormat: percent, domain: [-0.06 * top, top], ticks: 5, grid: true },
    marks: [
      Plot.areaY(rows, { x: 'day', y1: (r: Past) => r.interval_90[0], y2: (r: Past) => r.interval_90[1], fill: colour('--band90') }),
      Plot.lineY(rows, { x: 'day', y: 'base_rate', stroke: colour('--base'), strokeDasharray: '5 4' }),
      Plot.lineY(rows, { x: 'day', y: 'p', stroke: colour('--line'), strokeWidth: 2 }),
      Plot.dot(rows, { x: 'day', y: -0.04 * top, r: 3, symbol: (r: Past) => r.came === true ? 'square' : 'circle', stroke: colour('--strong-rule'), fill: (r: Past) => r.came === true ? colour('--qf') : r.came === false ? colour('--strong-rule') : 'transparent' }),
      Plot.tip(rows, Plot.pointerX({ x: 'day', y: 'p', fill: colour('--raised'), title: (r: Past) => `${r.as_of}: ${percent(r.p)}\n90 %: ${percent(r.interval_90[0])} to ${percent(r.interval_90[1])}\n${r.came === true ? 'it came' : r.came === false ? 'it did not come' : 'not over yet'}` })),
    ],
  }), label);
}

interface Fan {
  past: { month: string; killed_best: number }[];
  ahead: { month: string; p05: number; p25: number; p50: number; p75: number; p95: number }[];
}

export async function fan(figure: HTMLElement, src: string): Promise<void> {
  const data = (await json<{ fan: Fan | null }>(src)).fan;
  if (!data || data.ahead.length === 0) return;
  const month = (m: string) => new Date(`${m}-01T00:00:00Z`);
  const label = figure.querySelector('svg')?.getAttribute('aria-label') ?? 'Deaths by month';
  type Ahead = Fan['ahead'][number];
  replace(figure, Plot.plot({
    width: wide(figure), height: 280, marginLeft: 60, style: style(),
    x: { type: 'utc', label: null }, y: { type: 'symlog', label: null, grid: true, ticks: 6 },
    marks: [
      Plot.areaY(data.ahead, { x: (a: Ahead) => month(a.month), y1: 'p05', y2: 'p95', fill: colour('--band90') }),
      Plot.areaY(data.ahead, { x: (a: Ahead) => month(a.month), y1: 'p25', y2: 'p75', fill: colour('--band50') }),
      Plot.lineY(data.ahead, { x: (a: Ahead) => month(a.month), y: 'p50', stroke: colour('--line'), strokeDasharray: '2 3' }),
      Plot.lineY(data.past, { x: (b: { month: string }) => month(b.month), y: 'killed_best', stroke: colour('--line'), strokeWidth: 2 }),
      Plot.tip(data.ahead, Plot.pointerX({ x: (a: Ahead) => month(a.month), y: 'p50', fill: colour('--raised'), title: (a: Ahead) => `${a.month}: half of it ${a.p25} to ${a.p75}\nnine tenths ${a.p05} to ${a.p95}` })),
    ],
  }), label);
}

interface Bin { mean_p: number; frequency: number; n: number; low: number; high: number }

export async function reliability(figure: HTMLElement, src: string): Promise<void> {
  const bins = (await json<{ reliability: Bin[] | null }>(src)).reliability;
  if (!bins || bins.length === 0) return;
  const label = figure.querySelector('svg')?.getAttribute('aria-label') ?? 'Reliability diagram';
  const side = Math.min(420, wide(figure));
  replace(figure, Plot.plot({
    width: side, height: side, marginLeft: 48, style: style(),
    x: { domain: [0, 1], label: 'said', tickFormat: percent, ticks: 5, grid: true }, y: { domain: [0, 1], label: 'came true', tickFormat: percent, ticks: 5, grid: true },
    marks: [
      Plot.line([[0, 0], [1, 1]], { stroke: colour('--strong-rule'), strokeDasharray: '4 4' }),
      Plot.ruleX(bins, { x: 'mean_p', y1: 'low', y2: 'high', stroke: colour('--line') }),
      Plot.line(bins, { x: 'mean_p', y: 'frequency', stroke: colour('--line') }),
      Plot.dot(bins, { x: 'mean_p', y: 'frequency', r: (b: Bin) => Math.sqrt(b.n), fill: colour('--line') }),
      Plot.tip(bins, Plot.pointer({ x: 'mean_p', y: 'frequency', fill: colour('--raised'), title: (b: Bin) => `said ${percent(b.mean_p)}, came ${percent(b.frequency)} of ${b.n}` })),
    ],
  }), label);
}
