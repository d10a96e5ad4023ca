// Happenings over time by class, with a brush that chooses days.

import * as Plot from '@observablehq/plot';
import { brushX, type D3BrushEvent } from 'd3-brush';
import { select } from 'd3-selection';
import { withTerm } from '../address';
import { fetchData, make } from '../element';
import { replace } from '../enhance';
import { bars, dated, ROWS, snapped, stepEnd, values, type Bars, type Cell, type Sent, type Step } from './cells';
import { dayOf, fitted, PLAIN, textOf } from './draw';

interface Party { readonly code: string; readonly name: string }
interface Data { readonly cells: readonly Cell[]; readonly step: Step; readonly parties?: readonly Party[]; readonly party?: Party }

const LEFT = 14;
const RIGHT = 14;

/** Draws the series of a dyad (both directions, one up and one down) or of a country. */
export async function drawTimeline(host: HTMLElement, source: string): Promise<void> {
  const sent = await fetchData<Omit<Data, 'cells'> & { readonly cells: readonly Sent[] }>(source);
  const data: Data = { ...sent, cells: dated(sent.cells) };
  if (data.cells.length === 0) return;
  const { box, undo } = replace(host);
  try { new Timeline(box, data, 'brush' in host.dataset).start(); } catch (why) { undo(); throw why; }
}

/** What is listed where nothing else is said: the two parties' or the country's happenings. */
function filterOf(data: Data): string {
  const [a, b] = data.parties ?? [];
  if (a !== undefined && b !== undefined) return `dyad:${a.code}<>${b.code}`;
  return data.party === undefined ? '' : `country:${data.party.code}`;
}

class Timeline {
  private readonly shown: Bars;
  private readonly said = make('p', { class: 'plot-said', 'aria-hidden': 'true' });
  private readonly since = make('input', { type: 'date', name: 'since' });
  private readonly until = make('input', { type: 'date', name: 'until' });
  private readonly list = make('a', {}, 'List what happened');
  private move: ((days: readonly [Date, Date] | null) => void) | null = null;

  constructor(private readonly box: HTMLElement, private readonly data: Data, private readonly hasBrush: boolean) {
    this.shown = bars(data.cells, data.step, (data.parties ?? []).map((p) => p.code));
  }

  start(): void {
    const [a, b] = this.data.parties ?? [];
    if (a !== undefined && b !== undefined) {
      this.box.append(make('p', { class: 'plot-key' }, make('span', {}, `▲ ${a.name} towards ${b.name}`), ' ', make('span', {}, `▼ ${b.name} towards ${a.name}`)));
    }
    fitted(this.box, this.describe(), (width) => this.draw(width));
    this.box.append(this.said);
    this.said.textContent = this.hint();
    if (this.hasBrush) this.box.append(this.choice());
  }

  private hint(): string {
    return this.hasBrush ? 'Draw across the chart to choose days; point at it for counts.' : 'Point at the chart for counts.';
  }

  private describe(): string {
    const total = (row: number): number => this.data.cells.filter((c) => c.set === this.shown.set).reduce((n, c) => n + (values(c)[row] ?? 0), 0);
    return `From ${textOf(this.shown.from)} to ${textOf(this.shown.to)} by ${this.data.step}: ${ROWS.map((r, i) => `${total(i)} ${r.name}`).join(', ')}; the table has the counts`;
  }

  private draw(width: number): Element {
    const { both, most, from, to } = this.shown;
    const names = ROWS.map((r) => r.name);
    const labels = ROWS.map((r) => ({ row: r.name, text: most.has(r.name) ? `${r.name}, at most ${most.get(r.name) ?? 0}` : `${r.name}: none`, n: most.get(r.name) ?? 0 }));
    const height = names.length * (both ? 66 : 52) + 34;
    const svg = Plot.plot({
      ...PLAIN, width, height, marginLeft: LEFT, marginRight: RIGHT, marginTop: 4, marginBottom: 28,
      x: { type: 'utc', domain: [from, to], label: null },
      y: { domain: both ? [-1.12, 1.6] : [0, 1.6], axis: null },
      fy: { domain: names, axis: null, padding: 0.06 },
      marks: [
        Plot.gridX({ ticks: Math.max(3, Math.round(width / 110)), stroke: 'var(--rule)', strokeOpacity: 1 }),
        Plot.axisX({ anchor: 'bottom', ticks: Math.max(3, Math.round(width / 110)), tickSize: 4 }),
        Plot.rect(this.shown.bars, { x1: 'start', x2: 'end', y1: 0, y2: 'share', fy: 'row', fill: 'colour', insetLeft: 0.5, insetRight: 0.5 }),
        Plot.ruleY(names.map((row) => ({ row })), { y: 0, fy: 'row', stroke: 'var(--strong-rule)' }),
        Plot.text(labels, { fy: 'row', text: 'text', frameAnchor: 'top-left', dx: 2, fill: 'var(--ink)', stroke: 'var(--ground)', strokeWidth: 4, paintOrder: 'stroke' }),
      ],
    }) as SVGSVGElement & { scale: (name: 'x') => { apply: (d: Date) => number; invert: (px: number) => Date } | undefined };
    const x = svg.scale('x');
    if (x === undefined) return svg;
    svg.addEventListener('pointermove', (event) => {
      const frame = svg.getBoundingClientRect();
      this.point(x.invert(((event.clientX - frame.left) * width) / frame.width));
    });
    svg.addEventListener('pointerleave', () => { this.said.textContent = this.hint(); });
    if (this.hasBrush) this.brush(svg, width, height, x);
    return svg;
  }

  /** Says what a step holds. */
  private point(day: Date): void {
    const own = this.data.cells.filter((c) => c.set === this.shown.set && dayOf(c.from) <= day && day < stepEnd(dayOf(c.from), this.data.step));
    const first = own[0];
    if (first === undefined) { this.said.textContent = `${textOf(day)}: nothing on record`; return; }
    const told = own.map((c) => {
      const counts = values(c).map((n, i) => (n > 0 ? `${n} ${ROWS[i]?.name ?? ''}` : '')).filter((t) => t !== '').join(', ');
      return this.shown.both ? `${c.actor ?? '?'} → ${c.recipient ?? '?'}: ${counts}` : counts;
    });
    this.said.textContent = `${this.data.step === 'day' ? '' : `${this.data.step} from `}${first.from}. ${told.join('; ')}`;
  }

  private brush(svg: SVGSVGElement, width: number, height: number, x: { apply: (d: Date) => number; invert: (px: number) => Date }): void {
    const brush = brushX<unknown>().extent([[LEFT, 0], [width - RIGHT, height - 28]]);
    const layer = select(svg).append('g').attr('class', 'brush').call(brush);
    brush.on('end', (event: D3BrushEvent<unknown>) => {
      // What the inputs set moves the brush too; only what a hand does is read.
      if (event.sourceEvent == null) return;
      const chosen = event.selection as [number, number] | null;
      if (chosen === null) { this.choose(null); return; }
      const [from, to] = chosen.map((px) => snapped(x.invert(px), this.data.step, this.shown.from));
      if (from === undefined || to === undefined) return;
      this.choose([from, to > from ? to : stepEnd(from, this.data.step)]);
    });
    const within = (px: number): number => Math.min(width - RIGHT, Math.max(LEFT, px));
    this.move = (days) => {
      if (days === null) { layer.call(brush.move, null); return; }
      const [a, b] = [within(x.apply(days[0])), within(x.apply(days[1]))];
      layer.call(brush.move, b > a ? [a, b] : null);
    };
    this.move(this.chosen());
  }

  /** The days of the inputs: the first and the one after the last. */
  private chosen(): readonly [Date, Date] | null {
    if (this.since.value === '' && this.until.value === '') return null;
    const from = this.since.value === '' ? this.shown.from : dayOf(this.since.value);
    const to = this.until.value === '' ? this.shown.to : stepEnd(dayOf(this.until.value), 'day');
    return to > from ? [from, to] : null;
  }

  private choose(days: readonly [Date, Date] | null): void {
    this.since.value = days === null ? '' : textOf(days[0]);
    this.until.value = days === null ? '' : textOf(new Date(days[1].getTime() - 86_400_000));
    this.changed();
  }

  private changed(): void {
    this.move?.(this.chosen());
    const input = document.querySelector<HTMLInputElement>('.filter-form input[name="q"]');
    const change = (q: string): string => withTerm(withTerm(q, 'since', this.since.value), 'until', this.until.value);
    if (input !== null) input.value = change(input.value);
    const parameters = new URLSearchParams();
    parameters.set('q', change(input?.value ?? filterOf(this.data)));
    const day = new URLSearchParams(location.search).get('as_of');
    if (day !== null) parameters.set('as_of', day);
    this.list.href = `/incidents?${parameters}`;
  }

  /** Two days that do the same as the brush, and the link to the list. */
  private choice(): HTMLElement {
    const clear = make('button', { type: 'button' }, 'All days');
    clear.addEventListener('click', () => this.choose(null));
    for (const input of [this.since, this.until]) {
      input.min = textOf(this.shown.from);
      input.addEventListener('change', () => this.changed());
    }
    this.changed();
    return make('div', { class: 'inline-form brush-form', role: 'group', 'aria-label': 'Days to list' },
      make('label', {}, 'From ', this.since), make('label', {}, 'to ', this.until), clear, this.list);
  }
}
