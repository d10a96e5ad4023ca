// The map: Leaflet over a basemap of our own origin. No tile is fetched, nothing leaves the desk.
import * as L from 'leaflet';
import 'leaflet/dist/leaflet.css';
import Supercluster from 'supercluster';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import type { FeatureCollection } from 'geojson';
import { borders, labels } from './borders';
import { box, radius, size, symbolOf, withBox, type MapData, type PlaceCount } from './place';
import { colour, element, json } from './page';

type Spot = { place: PlaceCount };

function worldLayer(world: Topology): L.LayerGroup {
  const countries = feature(world, world.objects['countries'] as GeometryCollection<{ name: string }>) as FeatureCollection;
  const lines = borders(world);
  const land = L.geoJSON(countries, { interactive: false, style: { stroke: false, fillColor: colour('--raised'), fillOpacity: 1 } });
  const plain = L.geoJSON(lines.plain, { interactive: false, style: { color: colour('--strong-rule'), weight: 0.8 } });
  const dashed = L.geoJSON(lines.contested, { interactive: false, style: { color: colour('--ink'), weight: 1.2, dashArray: '5 4' } });
  return L.layerGroup([land, plain, dashed]);
}

function countryNames(map: L.Map, world: Topology): void {
  const countries = feature(world, world.objects['countries'] as GeometryCollection<{ name: string }>) as FeatureCollection;
  const all = labels(countries.features);
  const layer = L.layerGroup().addTo(map);
  const draw = () => {
    layer.clearLayers();
    // The smaller a country, the closer one must be for its name.
    const least = 9000 / 4 ** (map.getZoom() - 1);
    const bounds = map.getBounds();
    for (const label of all) {
      if (label.size < least || !bounds.contains(label.at)) continue;
      const span = element('span', 'map-name', label.name);
      L.marker(label.at, { interactive: false, keyboard: false, icon: L.divIcon({ className: 'map-name-box', html: span, iconSize: [0, 0] }) }).addTo(layer);
    }
  };
  map.on('zoomend moveend', draw);
  draw();
}

function popup(p: PlaceCount): HTMLElement {
  const out = element('div');
  const head = element('strong', '', p.name);
  head.dir = 'auto';
  const link = element('a', '', p.incidents === 1 ? 'one incident' : `${p.incidents} incidents`);
  link.href = p.href;
  out.append(head, element('br'), link);
  const facts = [p.assaults > 0 ? `${p.assaults} of force` : '', p.killed ? `${p.killed} killed, as told` : '', p.latest ? `the latest ${p.latest}` : ''];
  const text = facts.filter((f) => f !== '').join(' · ');
  if (text) out.append(element('br'), document.createTextNode(text));
  if (symbolOf(p.precision) === 'shade') out.append(element('br'), element('em', '', 'known to the district or province only: somewhere there'));
  return out;
}

function icon(n: number, cls: string): L.DivIcon {
  const px = size(n);
  return L.divIcon({ className: `map-count ${cls}`, html: element('span', '', String(n)), iconSize: [px, px] });
}

/** The library's own style sheet, which pages without a map do without. */
function styled(): Promise<void> {
  return new Promise((done) => {
    const link = element('link');
    link.rel = 'stylesheet';
    link.href = '/assets/style.css';
    link.addEventListener('load', () => done());
    link.addEventListener('error', () => done());
    document.head.append(link);
  });
}

export async function draw(host: HTMLElement, src: string): Promise<void> {
  await styled();
  const [data, world] = await Promise.all([json<MapData>(src), json<Topology>('/assets/world.json')]);
  const frame = element('div', 'map-box');
  frame.setAttribute('role', 'application');
  frame.setAttribute('aria-label', 'Map of places; the table below has the same');
  const svg = host.querySelector('svg.map-svg');
  if (svg) svg.replaceWith(frame); else host.prepend(frame);
  const map = L.map(frame, { attributionControl: false, minZoom: 1, maxZoom: 12, worldCopyJump: true, zoomSnap: 0.5, preferCanvas: false });
  L.control.attribution({ prefix: false }).addAttribution('Natural Earth; GeoNames').addTo(map);
  const points = data.places.filter((p) => symbolOf(p.precision) === 'point');
  const shades = data.places.filter((p) => symbolOf(p.precision) === 'shade');
  const ends = data.places.map((p) => L.latLng(p.lat, p.lon));
  const asked = new URLSearchParams(location.search).get('q')?.match(/(?:^|\s)bbox:([-\d.,]+)/)?.[1]?.split(',').map(Number);
  if (asked?.length === 4) map.fitBounds([[asked[1] ?? 0, asked[0] ?? 0], [asked[3] ?? 0, asked[2] ?? 0]]);
  else if (ends.length > 0) map.fitBounds(L.latLngBounds(ends).pad(0.15), { maxZoom: 9 });
  else map.setView([20, 10], 2);
  let base = worldLayer(world).addTo(map);
  document.addEventListener('themechange', () => { base.remove(); base = worldLayer(world).addTo(map); });
  for (const p of shades) {
    L.circle([p.lat, p.lon], { radius: radius(p.precision), className: `shade ${p.class}`, weight: 1.5, dashArray: '4 3' })
      .bindPopup(() => popup(p)).addTo(map);
    L.marker([p.lat, p.lon], { icon: icon(p.incidents, `coarse ${p.class}`), title: `${p.name}: ${p.incidents}, somewhere there`, alt: `${p.name}: ${p.incidents} incidents, somewhere there` })
      .bindPopup(() => popup(p)).addTo(map);
  }
  const index = new Supercluster<Spot, { n: number; force: number }>({
    radius: 46, maxZoom: 11,
    map: (s) => ({ n: s.place.incidents, force: s.place.assaults }),
    reduce: (a, b) => { a.n += b.n; a.force += b.force; },
  });
  index.load(points.map((place) => ({ type: 'Feature', geometry: { type: 'Point', coordinates: [place.lon, place.lat] }, properties: { place } })));
  const layer = L.layerGroup().addTo(map);
  const show = () => {
    layer.clearLayers();
    const b = map.getBounds();
    for (const one of index.getClusters([b.getWest(), b.getSouth(), b.getEast(), b.getNorth()], Math.round(map.getZoom()))) {
      const [lon, lat] = one.geometry.coordinates as [number, number];
      const many = one.properties as { cluster?: boolean; cluster_id?: number; n?: number; force?: number; point_count?: number; place?: PlaceCount };
      if (many.cluster) {
        const title = `${many.point_count} places, ${many.n} incidents: closer`;
        L.marker([lat, lon], { icon: icon(many.n ?? 0, (many.force ?? 0) > 0 ? 'cluster qf' : 'cluster q3'), title, alt: title })
          .on('click keypress', () => map.setView([lat, lon], Math.min(12, index.getClusterExpansionZoom(many.cluster_id ?? 0)))).addTo(layer);
      } else if (many.place) {
        const p = many.place;
        L.marker([lat, lon], { icon: icon(p.incidents, p.class), title: `${p.name}: ${p.incidents}`, alt: `${p.name}: ${p.incidents} incidents` })
          .bindPopup(() => popup(p)).addTo(layer);
      }
    }
  };
  map.on('moveend zoomend', show);
  show();
  countryNames(map, world);
  const seen = element('a', 'map-seen', 'List what is seen');
  host.after(seen);
  const follow = () => {
    const b = map.getBounds();
    const url = new URL(location.href);
    const q = withBox(url.searchParams.get('q') ?? '', box(b.getWest(), b.getSouth(), b.getEast(), b.getNorth()));
    url.searchParams.set('q', q);
    seen.href = `/incidents?${url.searchParams.toString()}`;
  };
  map.on('moveend', () => {
    follow();
    // The address says what is seen, so that it can be passed on.
    const url = new URL(location.href);
    url.hash = `map=${map.getZoom()}/${map.getCenter().lat.toFixed(2)}/${map.getCenter().lng.toFixed(2)}`;
    history.replaceState(null, '', url);
  });
  follow();
}
