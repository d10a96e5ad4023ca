// Walks the desk in a real browser, as a reader, an analyst and somebody without a mouse would.
//
// Needs: DESK (the address of a desk on the demo's ledger), CHROMIUM (the browser), SCREENSHOTS (a folder for pictures that
// a person should look at). `cargo xtask test` sets them.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { AxeBuilder } from '@axe-core/playwright';

const desk = process.env.DESK;
const pictures = process.env.SCREENSHOTS ?? 'screenshots';
assert.ok(desk, 'DESK holds the address of a desk');

const ANSWER = '/ask/SRB/XKX';
const PAGES = ['/', ANSWER, '/countries/XKX', '/dyads/SRB/XKX', '/incidents', '/events', '/map', '/watchlist', '/score',
  '/alerts', '/codebook', '/codebook/ASSAULT', '/about', '/status', '/actors/XKX', '/help/filter'];

let browser;
before(async () => {
  mkdirSync(pictures, { recursive: true });
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
});
after(async () => { await browser?.close(); });

/** A page of its own, whose complaints are collected; nothing but the desk may be asked for. */
async function open(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true, ...options });
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (m) => { if (m.type() === 'error' || m.type() === 'warning') complaints.push(`${m.type()}: ${m.text()}`); });
  page.on('pageerror', (e) => complaints.push(`error: ${e.message}`));
  page.on('request', (r) => { if (!r.url().startsWith(desk) && !r.url().startsWith('data:')) complaints.push(`left the desk: ${r.url()}`); });
  const close = async () => {
    await context.close();
    assert.deepEqual(complaints, [], 'the browser complains of nothing');
  };
  return { page, context, close };
}

async function go(page, path) {
  const response = await page.goto(desk + path, { waitUntil: 'networkidle' });
  assert.equal(response.status(), 200, `${path} answers`);
  return response;
}

const picture = (page, name) => page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });

async function overflow(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** The address of the first evidence page that the answer leads to. */
async function firstEvidence(page) {
  await go(page, ANSWER);
  return page.locator('.card-quote a[href^="/events/"]').first().getAttribute('href');
}

describe('the answer', () => {
  test('gives words, number, interval, dots and base rate', async () => {
    const { page, close } = await open();
    await go(page, ANSWER);
    assert.match(await page.locator('h1.question').innerText(), /war looming.*Serbia.*Kosovo/i);
    assert.match(await page.locator('.verdict-number').innerText(), /%/);
    assert.match(await page.locator('.verdict-interval').innerText(), /90 % interval .* to /);
    assert.match(await page.locator('.base-rate').innerText(), /Base rate/);
    assert.equal(await page.locator('svg.dots circle').count(), 50);
    await picture(page, 'answer');
    await close();
  });

  test('leads from a number down to its sentence and its report', async () => {
    const { page, close } = await open();
    await go(page, ANSWER);
    const quote = page.locator('.card-quote a[href^="/events/"]').first();
    const sentence = (await quote.innerText()).trim();
    await Promise.all([page.waitForURL(/\/events\//), quote.click()]);
    const marked = page.locator('.evidence');
    const words = (await marked.innerText()).replace(/\s+/g, ' ');
    assert.ok(await marked.locator('mark').count() >= 2, 'actor and verb are marked');
    const first = sentence.split(/\s+/).slice(0, 1)[0];
    assert.ok(words.includes(first), `the sentence is the one that was followed: ${words}`);
    assert.ok(await page.locator('.chain li').count() >= 1, 'who says so');
    await picture(page, 'evidence');
    await Promise.all([page.waitForURL(/\/reports\//), page.locator('a[href^="/reports/"]').first().click()]);
    assert.ok(await page.locator('mark, .coded').count() >= 1, 'coded sentences are marked in the report');
    await picture(page, 'report');
    await close();
  });

  test('leads to the incident with all of its tellings', async () => {
    const { page, close } = await open();
    await go(page, ANSWER);
    const link = page.locator('a[href^="/incidents/"]').first();
    await Promise.all([page.waitForURL(/\/incidents\//), link.click()]);
    assert.ok(await page.locator('.tellings > li').count() >= 1);
    await picture(page, 'incident');
    await close();
  });

  test('keeps the day that is asked about', async () => {
    const { page, close } = await open();
    await go(page, `${ANSWER}?as_of=2023-09-30`);
    assert.match(await page.locator('.stamp').first().innerText(), /2023-09-30/);
    const href = await page.locator('.card-quote a').first().getAttribute('href');
    assert.match(href, /as_of=2023-09-30/);
    await picture(page, 'answer-2023-09-30');
    await close();
  });
});

describe('lists', () => {
  test('are narrowed by a filter, by facets, and by taking a chip away', async () => {
    const { page, close } = await open();
    await go(page, '/incidents');
    await page.fill('input[name=q]', 'type:ASSAULT');
    await Promise.all([page.waitForURL(/q=type/), page.press('input[name=q]', 'Enter')]);
    assert.ok(await page.locator('.chip-x').count() >= 1, 'the term is a chip');
    const facet = page.locator('.facets a:not([aria-current])').first();
    const href = await facet.getAttribute('href');
    assert.match(href, /q=/);
    await Promise.all([page.waitForURL((u) => u.search !== '?q=type%3AASSAULT'), facet.click()]);
    await picture(page, 'incidents');
    await Promise.all([page.waitForLoadState('load'), page.locator('.chip-x').first().click()]);
    await close();
  });

  test('tell what is wrong with a filter, and keep it', async () => {
    const { page } = await open();
    const response = await page.goto(`${desk}/incidents?q=typ%3AASSAULT`);
    assert.equal(response.status(), 400);
    assert.match(await page.locator('main').innerText(), /type/);
    await picture(page, 'bad-filter');
    await page.context().close();
  });

  test('say so where nothing fits', async () => {
    const { page, close } = await open();
    await go(page, '/incidents?q=country%3ANZL');
    assert.ok(await page.locator('.empty').count() >= 1);
    await picture(page, 'empty');
    await close();
  });

  test('are exported as they are seen', async () => {
    const { page, close } = await open();
    await go(page, '/incidents?q=type%3AASSAULT');
    for (const [name, begins] of [['CSV', 'incident_id,'], ['GeoJSON', '{'], ['Parquet', 'PAR1']]) {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.locator('.exports a', { hasText: name }).first().click(),
      ]);
      const bytes = await readFile(await download.path());
      assert.ok(bytes.subarray(0, 200).toString('latin1').includes(begins), `${name} begins with ${begins}`);
    }
    await close();
  });
});

describe('the map', () => {
  test('shows places with counts, and a table of the same', async () => {
    const { page, close } = await open();
    await go(page, '/map');
    await page.waitForSelector('.leaflet-container', { timeout: 15000 });
    await page.waitForSelector('.leaflet-marker-icon, .leaflet-interactive', { timeout: 15000 });
    assert.ok(await page.locator('table').count() >= 1, 'the table twin');
    await picture(page, 'map');
    await close();
  });
});

describe('print', () => {
  test('the answer prints as a brief, with its stamp and its disclaimer', async () => {
    const { page, close } = await open();
    await go(page, ANSWER);
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('.site-nav').isVisible(), false);
    assert.equal(await page.locator('.disclaimer').isVisible(), true);
    const pdf = await page.pdf({ format: 'A4' });
    assert.equal(pdf.subarray(0, 4).toString(), '%PDF');
    await picture(page, 'print');
    await close();
  });
});

describe('without a mouse', () => {
  test('the keyboard reaches the content, the filter and the evidence', async () => {
    const { page, close } = await open();
    await go(page, '/incidents');
    await page.keyboard.press('Tab');
    assert.match(await page.evaluate(() => document.activeElement.textContent), /skip/i);
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
    const seen = new Set();
    for (let i = 0; i < 60; i += 1) {
      await page.keyboard.press('Tab');
      seen.add(await page.evaluate(() => {
        const e = document.activeElement;
        return e.matches('input[name=q]') ? 'filter' : e.closest('.facets') ? 'facets' : e.closest('.card, .rows') ? 'row' : 'other';
      }));
    }
    assert.ok(seen.has('filter') && (seen.has('row') || seen.has('facets')), [...seen].join());
    await close();
  });

  test('what has the focus can be seen', async () => {
    const { page, close } = await open();
    await go(page, ANSWER);
    for (let i = 0; i < 6; i += 1) await page.keyboard.press('Tab');
    const outline = await page.evaluate(() => {
      const s = getComputedStyle(document.activeElement);
      return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0 || s.boxShadow !== 'none';
    });
    assert.ok(outline);
    await close();
  });
});

describe('without scripts', () => {
  test('every page can be read', async () => {
    const { page, close } = await open({ javaScriptEnabled: false });
    for (const path of PAGES) {
      await go(page, path);
      assert.equal(await page.locator('h1').count(), 1, `${path} has one headline`);
      assert.ok((await page.locator('main').innerText()).length > 80, `${path} says something`);
    }
    await go(page, ANSWER);
    assert.ok(await page.locator('svg.past, svg.chart').count() >= 1, 'drawings are there');
    await picture(page, 'answer-no-script');
    await go(page, '/map');
    assert.ok(await page.locator('svg.map-svg').count() === 1);
    await picture(page, 'map-no-script');
    await close();
  });
});

describe('looks', () => {
  test('dark', async () => {
    const { page, close } = await open({ colorScheme: 'dark' });
    await go(page, ANSWER);
    const light = await page.evaluate(() => {
      const [r, g, b] = getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number);
      return (r + g + b) / 3;
    });
    assert.ok(light < 80, `the ground is dark: ${light}`);
    await picture(page, 'answer-dark');
    await go(page, await firstEvidence(page));
    await picture(page, 'evidence-dark');
    await close();
  });

  test('a phone', async () => {
    const { page, close } = await open({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
    for (const path of PAGES) {
      await go(page, path);
      assert.ok(await overflow(page) <= 1, `${path} does not run over the side`);
    }
    await go(page, ANSWER);
    await picture(page, 'answer-phone');
    await go(page, await firstEvidence(page));
    assert.ok(await overflow(page) <= 1);
    await picture(page, 'evidence-phone');
    await close();
  });

  test('text at twice its size', async () => {
    const { page, close } = await open();
    for (const path of PAGES) {
      await go(page, path);
      await page.evaluate(() => { document.documentElement.style.fontSize = '200%'; });
      assert.ok(await overflow(page) <= 1, `${path} does not run over the side`);
    }
    await close();
  });

  test('pictures of the other pages', async () => {
    const { page, close } = await open();
    for (const path of PAGES) {
      await go(page, path);
      await picture(page, `page${path.replaceAll('/', '-')}`);
    }
    await close();
  });
});

describe('WCAG 2.2 AA, as far as axe can tell', () => {
  for (const scheme of ['light', 'dark']) {
    test(scheme, async () => {
      const { page, close } = await open({ colorScheme: scheme });
      const faults = [];
      const paths = [...PAGES, await firstEvidence(page)];
      await go(page, ANSWER);
      paths.push(await page.locator('a[href^="/incidents/"]').first().getAttribute('href'));
      for (const path of paths) {
        await go(page, path);
        const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
        for (const v of found.violations) {
          faults.push(`${path}: ${v.id}: ${v.nodes.slice(0, 3).map((n) => n.target.join(' ')).join('; ')}`);
        }
      }
      assert.deepEqual(faults, []);
      await close();
    });
  }
});
