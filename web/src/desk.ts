// What every page of the desk loads. Small; the map and the charts come when a page has need of them.

import 'leaflet/dist/leaflet.css';
import './style/extra.css';
import { whenNear } from './enhance';
import { copying } from './page/copy';
import { filterHelp } from './page/filter';
import { keys } from './page/keys';
import { miscoding } from './page/miscoding';
import { parties } from './page/parties';
import { theme } from './page/theme';

declare const STYLE_ADDRESS: string;

// A fetch that leaving the page cuts off is no failure.
let isLeaving = false;
addEventListener('pagehide', () => { isLeaving = true; });
addEventListener('pageshow', () => { isLeaving = false; });

/** Runs a part of the page; if it fails, the page stays as the server made it. */
function part(name: string, run: () => void | Promise<void>): void {
  const failed = (why: unknown): void => { if (!isLeaving) console.warn(`desk: ${name} is left as the server made it`, why); };
  try { Promise.resolve(run()).catch(failed); } catch (why) { failed(why); }
}

/** Hands every element with this attribute to a drawing once it comes near the window. */
function drawings(attribute: string, load: () => Promise<(host: HTMLElement, source: string) => Promise<void>>): void {
  for (const host of document.querySelectorAll<HTMLElement>(`[${attribute}][data-src]`)) {
    const source = host.dataset['src'];
    if (source === undefined || source === '') continue;
    whenNear(host, () => part(attribute, async () => (await load())(host, source)));
  }
}

const style = document.createElement('link');
style.rel = 'stylesheet';
style.href = STYLE_ADDRESS;
document.head.append(style);

part('theme', theme);
part('copying', () => copying());
part('parties', parties);
part('filter', filterHelp);
part('miscoding', miscoding);
part('keys', keys);
drawings('data-map', async () => (await import('./map/map')).drawMap);
drawings('data-timeline', async () => (await import('./chart/chart')).drawTimeline);
drawings('data-past', async () => (await import('./chart/chart')).drawPast);
drawings('data-fan', async () => (await import('./chart/chart')).drawFan);
drawings('data-reliability', async () => (await import('./chart/chart')).drawReliability);
