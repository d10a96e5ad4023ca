// What all charts share: fetching, fitting to the width, days.

import { fetchData, make } from '../element';
import { replace } from '../enhance';

/** A drawing for a width in pixels; its description is read out in its place. */
export interface Drawing<T> {
  readonly draw: (data: T, width: number) => Element;
  readonly describe: (data: T) => string;
  /** Whether there is enough to draw; if not, the server's drawing stays. */
  readonly can: (data: T) => boolean;
  /** Signs that need a word: class of the sign, what it means. */
  readonly key?: (data: T) => readonly (readonly [string, string])[];
}

/** Fetches the data, draws, and draws again when the width changes. */
export async function chart<T>(host: HTMLElement, source: string, drawing: Drawing<T>): Promise<void> {
  const data = await fetchData<T>(source);
  if (!drawing.can(data)) return;
  const { box, undo } = replace(host);
  try {
    fitted(box, drawing.describe(data), (width) => drawing.draw(data, width));
    const signs = drawing.key?.(data) ?? [];
    if (signs.length > 0) box.append(make('ul', { class: 'plot-signs' }, ...signs.map(([sign, what]) => make('li', {}, make('span', { class: sign, 'aria-hidden': 'true' }), what))));
  } catch (why) { undo(); throw why; }
}

/** Draws into a box of its own at its width, again at every other width. */
export function fitted(box: HTMLElement, label: string, draw: (width: number) => Element): void {
  const inner = make('div', { class: 'plot-box', role: 'img', 'aria-label': label });
  box.append(inner);
  let was = 0;
  const again = (): void => {
    const width = Math.round(Math.max(260, Math.min(960, inner.clientWidth || 640)));
    if (Math.abs(width - was) < 4) return;
    was = width;
    const drawn = draw(width);
    // The box tells what is drawn; the parts of the drawing are not read out one by one.
    drawn.setAttribute('aria-hidden', 'true');
    inner.replaceChildren(drawn);
  };
  again();
  if ('ResizeObserver' in window) new ResizeObserver(() => window.requestAnimationFrame(again)).observe(inner);
}

/** A day as its midnight in UTC. */
export function dayOf(text: string): Date {
  return new Date(`${text.length === 7 ? `${text}-01` : text}T00:00:00Z`);
}

/** A day as `2023-09-24`. */
export function textOf(day: Date): string {
  return day.toISOString().slice(0, 10);
}

/** A probability in per cent, as the server prints it (`forewarn_answer::words::percent`): never none or all. */
export function percent(p: number): string {
  if (p < 0.001) return 'under 0.1 %';
  if (p > 0.999) return 'over 99.9 %';
  const whole = p >= 0.1 && p <= 0.9;
  const shown = whole ? Math.round(p * 100) : Math.round(p * 1000) / 10;
  return `${shown.toFixed(shown >= 10 && shown <= 90 ? 0 : 1)} %`;
}

/** What was counted, or a tick of an axis, in per cent (`forewarn_answer::words::share`): none and all are what they are. */
export function share(counted: number): string {
  const hundred = counted * 100;
  const whole = Math.round(hundred);
  return Math.abs(hundred - whole) < 1e-9 ? `${whole} %` : percent(counted);
}

/** What every plot is made with. */
export const PLAIN = {
  className: 'desk-plot',
  style: { background: 'none', color: 'var(--muted)', fontSize: '12px', fontFamily: 'var(--sans)', overflow: 'visible' },
} as const;
