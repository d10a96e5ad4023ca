// Cells of a series as rows of small multiples: classes one above the other, each on its own scale.

import { dayOf } from './draw';

/** A cell as the server has it: one step of one direction of one event set. */
export interface Cell {
  readonly set: string;
  readonly from: string;
  readonly actor: string | null;
  readonly recipient: string | null;
  readonly happenings: number;
  readonly verbal_cooperation: number;
  readonly material_cooperation: number;
  readonly verbal_conflict: number;
  readonly material_conflict: number;
  readonly assaults: number;
  readonly reports: number;
}

/** A cell as it comes: happenings without a day have none, and no place on a line of time. */
export type Sent = Omit<Cell, 'from'> & { readonly from: string | null };

/** The cells that have a day. */
export function dated(cells: readonly Sent[]): Cell[] {
  return cells.flatMap((c) => (c.from === null ? [] : [{ ...c, from: c.from }]));
}

/** What is counted in steps of. */
export type Step = 'day' | 'week' | 'month';

/** The rows, the gravest above; reporting below, so that silence of the press is not read as peace. */
export const ROWS = [
  { name: 'force', colour: 'var(--qf)' },
  { name: 'material conflict without force', colour: 'var(--q4)' },
  { name: 'verbal conflict', colour: 'var(--q3)' },
  { name: 'material cooperation', colour: 'var(--q2)' },
  { name: 'verbal cooperation', colour: 'var(--q1)' },
  { name: 'reports', colour: 'var(--strong-rule)' },
] as const;

/** A bar: up for the first direction, down for the second. */
export interface Bar {
  readonly row: string;
  readonly start: Date;
  readonly end: Date;
  /** Share of the row's largest count, negative for the second direction. */
  readonly share: number;
  readonly colour: string;
}

/** All that is drawn. */
export interface Bars {
  readonly bars: readonly Bar[];
  /** The largest count of each row. */
  readonly most: ReadonlyMap<string, number>;
  readonly from: Date;
  readonly to: Date;
  readonly both: boolean;
  /** The event set that is drawn; counts of several are never added up. */
  readonly set: string;
}

/** The end of a step, exclusive. */
export function stepEnd(start: Date, step: Step): Date {
  const end = new Date(start);
  if (step === 'month') end.setUTCMonth(end.getUTCMonth() + 1);
  else end.setUTCDate(end.getUTCDate() + (step === 'week' ? 7 : 1));
  return end;
}

/** Counts of a cell by row. */
export function values(c: Cell): number[] {
  return [c.assaults, c.material_conflict - c.assaults, c.verbal_conflict, c.material_cooperation, c.verbal_cooperation, c.reports];
}

/** The bars of a series; `parties` are the two directions' actors, fewer for a series of one. */
export function bars(cells: readonly Cell[], step: Step, parties: readonly string[]): Bars {
  const sets = [...new Set(cells.map((c) => c.set))].sort();
  const set = sets.includes('forewarn') ? 'forewarn' : (sets[0] ?? '');
  const own = cells.filter((c) => c.set === set);
  const both = parties.length === 2;
  const sums = new Map<string, { row: number; start: Date; down: boolean; n: number }>();
  for (const cell of own) {
    const down = both && cell.actor === parties[1];
    values(cell).forEach((n, row) => {
      if (n <= 0) return;
      const key = `${row} ${cell.from} ${down}`;
      const known = sums.get(key);
      if (known) known.n += n;
      else sums.set(key, { row, start: dayOf(cell.from), down, n });
    });
  }
  const most = new Map<string, number>();
  for (const { row, n } of sums.values()) {
    const name = ROWS[row]?.name ?? '';
    most.set(name, Math.max(most.get(name) ?? 0, n));
  }
  const drawn = [...sums.values()].map(({ row, start, down, n }): Bar => {
    const { name, colour } = ROWS[row] ?? ROWS[0];
    return { row: name, start, end: stepEnd(start, step), share: ((down ? -1 : 1) * n) / (most.get(name) ?? 1), colour };
  });
  drawn.sort((a, b) => a.start.getTime() - b.start.getTime() || (a.row < b.row ? -1 : a.row > b.row ? 1 : b.share - a.share));
  const times = own.map((c) => dayOf(c.from).getTime());
  const from = new Date(Math.min(...times));
  return { bars: drawn, most, from, to: stepEnd(new Date(Math.max(...times)), step), both, set };
}

/** A day moved to the nearest beginning of a step. */
export function snapped(day: Date, step: Step, from: Date): Date {
  if (step === 'month') {
    const start = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), 1));
    const next = stepEnd(start, 'month');
    return day.getTime() - start.getTime() < next.getTime() - day.getTime() ? start : next;
  }
  const size = (step === 'week' ? 7 : 1) * 86_400_000;
  return new Date(from.getTime() + Math.round((day.getTime() - from.getTime()) / size) * size);
}
