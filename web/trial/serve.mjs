// A desk to look at: what `forewarn serve` answers, with the scripts of ../dist and the style sheet of the tree, so that
// neither needs a build of the server. Not shipped.
//
//   node trial/serve.mjs http://127.0.0.1:8080 8778
//
// /trial/fan and /trial/rest are pages of made-up data for what a small ledger does not show.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { join, normalize } from 'node:path';

const [desk = 'http://127.0.0.1:8080', port = '8778'] = process.argv.slice(2);
const dist = join(import.meta.dirname, '../dist');
const style = join(import.meta.dirname, '../../crates/server/assets/desk.css');
const kinds = { js: 'text/javascript', css: 'text/css', json: 'application/json', txt: 'text/plain', png: 'image/png', svg: 'image/svg+xml' };
const csp = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'";

const month = (i) => `${2021 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`;
const fan = {
  past: Array.from({ length: 36 }, (_, i) => ({ month: month(i), killed_best: Math.round(40 + 900 * Math.max(0, Math.sin(i / 4)) ** 3) })),
  ahead: Array.from({ length: 8 }, (_, i) => ({ month: month(36 + i), p05: 4, p25: 30 - i, p50: 90, p75: 240 + 30 * i, p95: 1500 + 600 * i })),
};
const bins = Array.from({ length: 9 }, (_, i) => ({ mean_p: 0.04 + i * 0.1, frequency: 0.02 + i * 0.098, n: 900 - i * 90, low: Math.max(0, i * 0.098 - 0.04), high: 0.1 + i * 0.1 }));
const places = Array.from({ length: 60 }, (_, i) => ({
  name: i === 7 ? 'القامشلي' : `Place ${i}`, country: 'XKX', admin1: 'Mitrovica', lat: 42.2 + ((i * 37) % 60) / 60, lon: 20.3 + ((i * 53) % 70) / 60,
  precision: i % 9 === 0 ? 'district' : i % 13 === 0 ? 'admin1' : 'settlement', incidents: 1 + ((i * 7) % 11), quad: [i % 3, i % 2, i % 4, 1 + (i % 5)],
  assaults: i % 3, killed: i % 5 === 0 ? i : null, latest: '2023-09-24', href: `/incidents?q=place%3A%22Place+${i}%22`,
}));
const fixtures = {
  '/trial/fan.json': { fan }, '/trial/reliability.json': { reliability: bins },
  '/trial/map.json': { places, countries: [{ country: 'SRB', name: 'Serbia', incidents: 12, href: '/incidents?q=country%3ASRB' }], note: '' },
};
const page = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Trial</title>
<link rel="stylesheet" href="/assets/desk.css"><script type="module" src="/assets/desk.js?v=trial"></script></head><body>
<header class="site-head"><a class="site-name" href="/">Forewarn</a><button class="theme-toggle" type="button" data-theme-toggle hidden>Theme</button></header>
<main id="main"><h1>Trial</h1><figure data-fan data-src="/trial/fan.json"><svg class="chart" viewBox="0 0 9 9"></svg><figcaption>Fan</figcaption></figure>
<figure data-reliability data-src="/trial/reliability.json"><svg class="chart" viewBox="0 0 9 9"></svg><figcaption>Reliability</figcaption></figure>
<div data-map data-src="/trial/map.json"><svg class="map-svg" viewBox="0 0 9 9"></svg></div></main><footer class="site-foot"></footer></body></html>`;

createServer(async (request, response) => {
  const send = (status, kind, body) => { response.writeHead(status, { 'content-type': kind, 'content-security-policy': csp }); response.end(body); };
  try {
    const { pathname } = new URL(request.url, 'http://x');
    if (fixtures[pathname]) return send(200, 'application/json', JSON.stringify(fixtures[pathname]));
    if (pathname === '/trial') return send(200, 'text/html', page);
    if (pathname === '/assets/desk.css') return send(200, 'text/css', await readFile(style));
    if (pathname.startsWith('/assets/')) {
      const name = normalize(pathname.slice(8)).replace(/^(\.\.[/\\])+/, '');
      return send(200, kinds[name.split('.').pop()] ?? 'application/octet-stream', await readFile(join(dist, name)));
    }
    const answer = await fetch(desk + request.url, { redirect: 'manual', headers: { accept: request.headers.accept ?? '*/*' } });
    const headers = {};
    for (const name of ['content-type', 'content-security-policy', 'location']) if (answer.headers.get(name)) headers[name] = answer.headers.get(name);
    let body = Buffer.from(await answer.arrayBuffer());
    if (headers['content-type']?.startsWith('text/html') && !body.includes('/assets/desk.js')) {
      body = body.toString().replace('</head>', '<script type="module" src="/assets/desk.js?v=trial"></script></head>');
    }
    response.writeHead(answer.status, headers);
    response.end(body);
  } catch (why) { send(502, 'text/plain', String(why)); }
}).listen(Number(port), '127.0.0.1');
