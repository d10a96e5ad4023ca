// Timelines: small multiples by class of act, both directions of a pair, the volume of reporting below, and a brush.
import * as Plot from '@observablehq/plot';
import { brushX } from 'd3-brush';
import { select } from 'd3-selection';
import { colour, element, json } from './page';
import { day, withSpan } from './span';

interface Cell {
  from: string | null; actor?: string; recipient?: string; country?: string; assaults: number; material_conflict: number;
  verbal_conflict: number; material_cooperation: number; verbal_cooperation: number; reports: number;
}
interface Series { cells: Cell[]; step: string; parties?: { code: string; name: string }[] }

const CLASSES: [string, string, (c: Cell) => number][] = [
  ['force', '--qf', (c) => c.assaults],
  ['material conflict', '--q4', (c) => c.material_conflict - c.assaults],
  ['verbal conflict', '--q3', (c) => c.verbal_conflict],
  ['material cooperation', '--q2', (c) => c.material_cooperation],
  ['verbal cooperation', '--q1', (c) => c.verbal_cooperation],
  ['reports', '--strong-rule', (c) => c.reports],
];

export async function draw(figure: HTMLElement, src: string): Promise<void> {
  const data = await json<Series>(src);
  const names = new Map(data.parties?.map((p) => [p.code, p.name]));
  const who = (c: Cell) => c.actor ? `${names.get(c.actor) ?? c.actor} → ${names.get(c.recipient ?? '') ?? c.recipient ?? '?'}` : '';
  const rows = data.cells.filter((c) => c.from !== null).flatMap((c) => CLASSES.map(([name, , of]) => ({
    from: new Date(`${c.from}T00:00:00Z`), kind: name, n: of(c), who: who(c),
  })));
  if (rows.length === 0) return;
  const sides = [...new Set(rows.map((r) => r.who))].sort();
  const interval = data.step === 'day' ? 'day' : data.step === 'week' ? 'monday' : 'month';
  const times = rows.map((r) => r.from.getTime());
  const domain = [new Date(Math.min(...times)), new Date(Math.max(...times) + 31 * 864e5)];
  const acts = Math.max(1, ...rows.filter((r) => r.kind !== 'reports').map((r) => r.n));
  const old = [...figure.querySelectorAll('svg.months, h2')];
  const box = element('div', 'timeline');
  const width = Math.max(300, Math.min(960, figure.clientWidth));
  const plots: (SVGSVGElement | HTMLElement)[] = [];
  for (const side of sides) {
    const mine = rows.filter((r) => r.who === side);
    const parts = CLASSES.filter(([name]) => mine.some((r) => r.kind === name && r.n > 0));
    if (side) box.append(element('h3', '', side));
    for (const [name, variable] of parts) {
      const reports = name === 'reports';
      const plot = Plot.plot({
        width, height: reports ? 46 : 64, marginLeft: 132, marginTop: 6, marginBottom: reports ? 20 : 4,
        style: { background: 'transparent', color: colour('--muted'), fontSize: '12px' },
        x: { type: 'utc', domain, axis: reports ? 'bottom' : null },
        y: { label: null, ticks: 2, ...(reports ? {} : { domain: [0, acts] }), nice: true },
        marks: [
          Plot.ruleY([0], { stroke: colour('--rule') }),
          Plot.rectY(mine.filter((r) => r.kind === name), { x: 'from', y: 'n', interval, fill: colour(variable), title: (r: { from: Date; n: number }) => `${day(r.from)}: ${r.n} ${name}` }),
          Plot.text([name], { frameAnchor: 'left', dx: -126, textAnchor: 'start', fill: colour('--ink') }),
        ],
      });
      plot.setAttribute('role', 'img');
      plot.setAttribute('aria-label', `${side} ${name}: ${mine.filter((r) => r.kind === name).reduce((s, r) => s + r.n, 0)} in all`);
      plots.push(plot);
      box.append(plot);
    }
  }
  for (const one of old) one.remove();
  figure.prepend(box);
  if (figure.dataset['brush'] !== undefined) brush(figure, box, plots, domain as [Date, Date], width);
}

/** A brush over every drawing, and two days for the keyboard: both set the filter of the list that the link leads to. */
function brush(figure: HTMLElement, box: HTMLElement, plots: (SVGSVGElement | HTMLElement)[], domain: [Date, Date], width: number): void {
  const form = element('form', 'inline-form');
  const input = (label: string) => {
    const field = element('input');
    field.type = 'date';
    const around = element('label', '', `${label} `);
    around.append(field);
    form.append(around);
    return field;
  };
  const [since, until] = [input('From'), input('to')];
  const go = element('button', '', 'List these days');
  go.type = 'submit';
  form.append(go);
  box.after(form);
  form.addEventListener('submit', (e) => {
    e.preventDefault();
    const base = figure.dataset['list'] ?? guess();
    const q = withSpan(base, since.value, until.value);
    location.href = `/incidents?${new URLSearchParams({ q }).toString()}`;
  });
  const [left, right] = [132, width - 20];
  const at = (x: number) => new Date(domain[0].getTime() + (x - left) / (right - left) * (domain[1].getTime() - domain[0].getTime()));
  for (const plot of plots) {
    const svg = plot instanceof SVGSVGElement ? plot : plot.querySelector('svg');
    if (!svg) continue;
    const height = Number(svg.getAttribute('height') ?? 60);
    const one = brushX<unknown>().extent([[left, 0], [right, height]]).on('end', (event: { selection: [number, number] | null }) => {
      if (!event.selection) return;
      since.value = day(at(event.selection[0]));
      until.value = day(at(event.selection[1]));
    });
    select(svg).append('g').call(one as never);
  }
}

/** The filter of what this page is about, from its address. */
function guess(): string {
  const [, kind, a, b] = location.pathname.split('/');
  const name = (s: string | undefined) => decodeURIComponent(s ?? '');
  if (kind === 'dyads') return `dyad:${name(a)}<>${name(b)}`;
  return kind === 'countries' ? `country:${name(a)}` : '';
}
