// Names of countries on the map: each at the middle of its largest part, where there is room for it.

import type { Position } from 'geojson';
import { feature } from 'topojson-client';
import type { World } from './borders';
import { flat, polygons } from './land';

/** A name and where it may stand. */
export interface Name {
  readonly text: string;
  /** Latitude and longitude. */
  readonly at: readonly [number, number];
  /** Degrees that the country's largest part is wide. */
  readonly width: number;
}

/** Area (signed, in square degrees) and middle of a closed ring. */
export function middle(ring: readonly Position[]): { area: number; at: [number, number]; width: number } {
  let [area, x, y] = [0, 0, 0];
  let [west, east] = [Infinity, -Infinity];
  for (let i = 1; i < ring.length; i += 1) {
    const [ax = 0, ay = 0] = ring[i - 1] ?? [];
    const [bx = 0, by = 0] = ring[i] ?? [];
    const cross = ax * by - bx * ay;
    area += cross;
    x += (ax + bx) * cross;
    y += (ay + by) * cross;
    west = Math.min(west, ax);
    east = Math.max(east, ax);
  }
  const whole = area === 0 ? 1 : area;
  return { area: area / 2, at: [y / (3 * whole), x / (3 * whole)], width: east - west };
}

/** The names of all countries, the largest first. */
export function names(world: World): Name[] {
  const found: { name: Name; area: number }[] = [];
  for (const country of feature(world, world.objects.countries).features) {
    let best: ReturnType<typeof middle> | null = null;
    for (const part of polygons(country.geometry)) {
      const one = middle(flat(part[0] ?? []));
      if (best === null || Math.abs(one.area) > Math.abs(best.area)) best = one;
    }
    if (best === null) continue;
    const [lat, lon] = best.at;
    found.push({ name: { text: country.properties.name, at: [lat, lon > 180 ? lon - 360 : lon < -180 ? lon + 360 : lon], width: best.width }, area: Math.abs(best.area) });
  }
  found.sort((a, b) => b.area - a.area || (a.name.text < b.name.text ? -1 : 1));
  return found.map((f) => f.name);
}

/** A box on the window, in pixels. */
interface Box { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }

/** Those names that have room, none over another: the earlier in the list go first. */
export function placed(all: readonly Name[], pixels: (at: readonly [number, number]) => { x: number; y: number }, perDegree: number): Name[] {
  const taken: Box[] = [];
  const shown: Name[] = [];
  for (const name of all) {
    const wide = name.text.length * 6.4 + 6;
    if (name.width * perDegree < wide * 0.8) continue;
    const { x, y } = pixels(name.at);
    const box: Box = { left: x - wide / 2, right: x + wide / 2, top: y - 9, bottom: y + 9 };
    if (taken.some((t) => t.left < box.right && t.right > box.left && t.top < box.bottom && t.bottom > box.top)) continue;
    taken.push(box);
    shown.push(name);
  }
  return shown;
}
