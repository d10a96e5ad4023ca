// The map: Leaflet over a basemap of our own, no tile from anywhere.

import L from 'leaflet';
import Supercluster, { type Options } from 'supercluster';
import { readBox, valueOf, withFilter, withTerm, writeBox, type Box } from '../address';
import { counted, fetchData, make } from '../element';
import { replace } from '../enhance';
import { borders, type World } from './borders';
import { land } from './land';
import { names, placed, type Name } from './names';
import { card, cluster, counts, fineness, isFine, pixels, shadePixels, spot, sum, type Counts, type Place } from './symbols';

declare const WORLD_ADDRESS: string;

interface Country {
  readonly country: string | null;
  readonly name: string | null;
  readonly incidents: number;
  readonly href: string;
}
interface Data { readonly places: readonly Place[]; readonly countries: readonly Country[]; readonly note: string }
interface Leaf { readonly at: number; readonly incidents: number; readonly counts: Counts; readonly coarse: number }
interface Sum { incidents: number; counts: Counts; coarse: number }

const FINEST = 9;
/** Countries that are named beside the map, at most; the page's table has them all. */
const NAMED = 8;

/** Puts a map into the place of the server's drawing. */
export async function drawMap(host: HTMLElement, source: string): Promise<void> {
  // The window's part of the filter only places the view: places outside it are there to be moved to.
  const address = withFilter(source, (q) => withTerm(q, 'bbox', null));
  const [data, world] = await Promise.all([fetchData<Data>(address), fetchData<World>(WORLD_ADDRESS)]);
  if (data.places.length === 0) return;
  const { box, undo } = replace(host);
  try { new Desk(box, data, world).start(); } catch (why) { undo(); throw why; }
}

/** The filter of the page, as it stands in its address. */
function pageFilter(): string {
  return new URLSearchParams(location.search).get('q') ?? '';
}

class Desk {
  private readonly map: L.Map;
  private readonly index: Supercluster<Leaf, Sum>;
  private readonly symbols = new Map<string, L.Marker>();
  private readonly labels = L.layerGroup();
  private readonly names: Name[];
  private readonly seen = make('a', {});
  private readonly all: L.LatLngBounds;
  private readonly ground: { layer: L.GeoJSON; paint: () => L.PathOptions }[] = [];
  private isReady = false;
  private byKey = false;

  constructor(box: HTMLElement, private readonly data: Data, world: World) {
    const frame = make('div', { class: 'map-box', role: 'region', 'aria-label': `Map of ${counted(data.places.length, 'place', 'places')}; the same follows as a table` });
    const whole = make('button', { type: 'button' }, 'Show all');
    whole.addEventListener('click', () => { this.map.fitBounds(this.all, { maxZoom: 7 }); });
    box.append(frame, make('p', { class: 'map-links' }, this.seen, ' ', whole), legend(), beside(data.countries) ?? '');
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.map = L.map(frame, {
      attributionControl: false, minZoom: 1, maxZoom: FINEST, maxBounds: [[-89, -220], [89, 220]], maxBoundsViscosity: 0.8,
      zoomAnimation: !calm, fadeAnimation: !calm, markerZoomAnimation: !calm, inertia: !calm, scrollWheelZoom: true,
    });
    L.control.attribution({ prefix: false }).addAttribution('Natural Earth').addTo(this.map);
    L.control.scale({ imperial: false }).addTo(this.map);
    this.all = L.latLngBounds(data.places.map((p) => [p.lat, p.lon]));
    this.names = names(world);
    this.index = new Supercluster<Leaf, Sum>({
      radius: 52, extent: 256, maxZoom: FINEST, // Leaflet's world is 256 pixels wide at the outset.
      map: (p) => ({ incidents: p.incidents, counts: p.counts, coarse: p.coarse }),
      reduce: (into, p) => {
        into.incidents += p.incidents;
        into.counts = sum(into.counts, p.counts);
        into.coarse += p.coarse;
      },
    } satisfies Options<Leaf, Sum>);
    this.index.load(data.places.map((p, at) => ({
      type: 'Feature', geometry: { type: 'Point', coordinates: [p.lon, p.lat] },
      properties: { at, incidents: p.incidents, counts: counts(p), coarse: isFine(p.precision) ? 0 : 1 },
    })));
    this.basemap(frame, world);
    frame.addEventListener('keydown', (event) => {
      this.byKey = true;
      if (event.key === 'Escape') this.map.closePopup();
    }, true);
    frame.addEventListener('pointerdown', () => { this.byKey = false; }, true);
  }

  start(): void {
    this.map.on('moveend', () => this.moved());
    const asked = readBox(valueOf(pageFilter(), 'bbox'));
    if (asked !== null) {
      const [west, south, east, north] = asked;
      this.map.fitBounds([[south, west], [north, east < west ? east + 360 : east]], { animate: false });
    } else {
      this.map.fitBounds(this.all, { maxZoom: 7, padding: [30, 30], animate: false });
    }
    this.isReady = true;
    document.addEventListener('desk:theme', () => { for (const { layer, paint } of this.ground) layer.setStyle(paint()); });
    // The style sheet may come after the script: sizes are read again once it is there.
    window.addEventListener('load', () => this.map.invalidateSize());
  }

  /** Land and borders, drawn on a canvas in the page's colours. */
  private basemap(frame: HTMLElement, world: World): void {
    const colour = (name: string): string => getComputedStyle(frame).getPropertyValue(name).trim() || '#888';
    const renderer = L.canvas({ padding: 0.4 });
    const { settled, dashed } = borders(world);
    const layers: [Parameters<typeof L.geoJSON>[0], () => L.PathOptions][] = [
      [land(world), () => ({ fillColor: colour('--map-land'), fillOpacity: 1, color: colour('--map-coast'), weight: 0.8 })],
      [settled, () => ({ color: colour('--map-border'), weight: 1, fill: false })],
      [dashed, () => ({ color: colour('--map-border'), weight: 1.2, dashArray: '5 4', fill: false })],
    ];
    for (const [shape, paint] of layers) {
      const layer = L.geoJSON(shape, { style: paint, interactive: false, renderer } as L.GeoJSONOptions).addTo(this.map);
      this.ground.push({ layer, paint });
    }
    const pane = this.map.createPane('names');
    pane.classList.add('map-names');
    pane.setAttribute('aria-hidden', 'true');
    this.labels.addTo(this.map);
  }

  private moved(): void {
    const bounds = this.map.getBounds();
    const box: Box = [Math.max(-180, bounds.getWest()), bounds.getSouth(), Math.min(180, bounds.getEast()), bounds.getNorth()];
    this.draw(box);
    this.name(bounds);
    this.tell(bounds, box);
  }

  /** Draws what is in the window; symbols that stay are left alone, so that focus stays on them. */
  private draw(box: Box): void {
    const zoom = Math.round(this.map.getZoom());
    const metres = 156_543 * Math.cos((this.map.getCenter().lat * Math.PI) / 180) / 2 ** zoom;
    const wide = box[2] - box[0];
    const around: [number, number, number, number] = [box[0] - wide * 0.2, box[1] - wide * 0.1, box[2] + wide * 0.2, box[3] + wide * 0.1];
    const now = new Set<string>();
    for (const f of this.index.getClusters(around, zoom)) {
      const [lon = 0, lat = 0] = f.geometry.coordinates;
      const p = f.properties;
      const key = 'cluster' in p ? `c${p.cluster_id}` : `p${p.at}@${p.coarse > 0 ? zoom : ''}`;
      now.add(key);
      if (this.symbols.has(key)) continue;
      const marker = 'cluster' in p
        ? this.several(L.latLng(lat, lon), p.cluster_id, p)
        : this.one(L.latLng(lat, lon), p.at, metres);
      this.symbols.set(key, marker);
    }
    for (const [key, marker] of this.symbols) {
      if (now.has(key)) continue;
      marker.remove();
      this.symbols.delete(key);
    }
  }

  private put(at: L.LatLng, body: HTMLElement, size: number, label: string, under: boolean): L.Marker {
    const icon = L.divIcon({ html: body, className: 'spot-icon', iconSize: [size, size] });
    const marker = L.marker(at, { icon, keyboard: true, zIndexOffset: under ? -1000 : 0, alt: label }).addTo(this.map);
    marker.getElement()?.setAttribute('aria-label', label);
    return marker;
  }

  private one(at: L.LatLng, index: number, metres: number): L.Marker {
    const place = this.data.places[index];
    if (place === undefined) throw new Error(`no place ${index}`);
    const fine = isFine(place.precision);
    const size = fine ? pixels(place.incidents) : shadePixels(place.precision, metres);
    const label = `${place.name}, ${fineness(place.precision)}: ${counted(place.incidents, 'incident', 'incidents')}`;
    const marker = this.put(at, spot(place), size, label, !fine);
    this.popup(marker, () => card(place));
    return marker;
  }

  private several(at: L.LatLng, id: number, of: Sum & { point_count: number }): L.Marker {
    const label = `${counted(of.point_count, 'place', 'places')}: ${counted(of.incidents, 'incident', 'incidents')}`;
    const marker = this.put(at, cluster(of.incidents, of.counts, of.coarse), Math.max(34, pixels(of.incidents) + 8), label, false);
    if (this.index.getClusterExpansionZoom(id) > FINEST) {
      // Places at one point never come apart: they are listed.
      this.popup(marker, () => make('div', { class: 'spot-cards' }, ...this.index.getLeaves(id, 12).map((leaf) => {
        const place = this.data.places[leaf.properties.at];
        return place === undefined ? null : card(place);
      })));
      return marker;
    }
    const open = (): void => { this.map.setView(at, Math.min(FINEST, this.index.getClusterExpansionZoom(id))); };
    marker.on('click', open);
    marker.getElement()?.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      open();
      // The symbol is gone with the zoom: the map itself is where one was.
      window.setTimeout(() => { if (document.activeElement === document.body) this.map.getContainer().focus(); }, 400);
    });
    return marker;
  }

  private popup(marker: L.Marker, body: () => HTMLElement): void {
    marker.bindPopup(() => body(), { maxWidth: 260, maxHeight: 260 });
    marker.on('popupopen', (event) => {
      if (this.byKey) event.popup.getElement()?.querySelector<HTMLElement>('a[href]:not(.leaflet-popup-close-button)')?.focus();
    });
    marker.on('popupclose', () => { if (this.byKey) marker.getElement()?.focus(); });
    marker.getElement()?.addEventListener('keydown', (event) => {
      if (event.key === ' ') { event.preventDefault(); marker.openPopup(); }
    });
  }

  /** Names where there is room. */
  private name(bounds: L.LatLngBounds): void {
    const size = this.map.getSize();
    const wide = bounds.getEast() - bounds.getWest();
    const inside = this.names.filter((n) => bounds.contains([n.at[0], n.at[1]]));
    this.labels.clearLayers();
    for (const n of placed(inside, (at) => this.map.latLngToContainerPoint([at[0], at[1]]), size.x / Math.max(wide, 1e-6))) {
      const icon = L.divIcon({ html: make('span', {}, n.text), className: 'map-name', iconSize: [0, 0] });
      L.marker([n.at[0], n.at[1]], { icon, interactive: false, keyboard: false, pane: 'names' }).addTo(this.labels);
    }
  }

  /** The window in the address, and a link to the list of what is in it. */
  private tell(bounds: L.LatLngBounds, box: Box): void {
    const inside = this.data.places.filter((p) => bounds.contains([p.lat, p.lon]));
    const incidents = inside.reduce((n, p) => n + p.incidents, 0);
    const term = box[2] - box[0] >= 359 ? null : writeBox(box);
    const change = (q: string): string => withTerm(q, 'bbox', term);
    this.seen.href = withFilter(`/incidents${location.search}`, change);
    this.seen.textContent = `List what is seen: ${counted(incidents, 'incident', 'incidents')} at ${counted(inside.length, 'place', 'places')}`;
    if (!this.isReady) return;
    history.replaceState(history.state, '', withFilter(location.pathname + location.search, change) + location.hash);
    const input = document.querySelector<HTMLInputElement>('.filter-form input[name="q"]');
    if (input !== null) input.value = change(input.value);
  }
}

function legend(): HTMLElement {
  const line = (symbol: string, text: string): HTMLElement =>
    make('li', {}, make('span', { class: `legend-symbol ${symbol}`, 'aria-hidden': 'true' }), text);
  return make('ul', { class: 'map-legend', 'aria-label': 'Signs of the map' },
    line('spot-point q4', 'known to the place'), line('spot-shade q4', 'somewhere within'), line('legend-border', 'contested border'),
    line('legend-key q1', 'verbal cooperation'), line('legend-key q2', 'material cooperation'), line('legend-key q3', 'verbal conflict'),
    line('legend-key q4', 'material conflict'), line('legend-key qf', 'force'));
}

/** What no point may stand for. */
function beside(countries: readonly Country[]): HTMLElement | null {
  if (countries.length === 0) return null;
  const most = [...countries].sort((a, b) => b.incidents - a.incidents || String(a.name).localeCompare(String(b.name)));
  const body = make('p', { class: 'map-beside' }, make('strong', {}, 'Not on the map, known to a country or region only: '));
  most.slice(0, NAMED).forEach((c, i) => {
    body.append(i > 0 ? ', ' : '', make('a', { href: c.href, dir: 'auto' }, c.name ?? c.country ?? 'no place told'), ` (${c.incidents})`);
  });
  if (most.length > NAMED) body.append(`, and ${most.length - NAMED} more in the table below`);
  return body;
}
