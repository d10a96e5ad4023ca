// Builds the scripts of the desk's pages into dist/, from where the server takes them in.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const here = import.meta.dirname;
const modules = join(here, 'node_modules');
const basemap = join(modules, 'world-atlas/countries-50m.json');

/** A short digest: addresses with one may be kept for ever. */
function digest(...files: string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 12);
}

/**
 * Plot writes a style sheet into every drawing, which our Content-Security-Policy forbids; the same rules are in
 * `src/style/extra.css`. The build fails if Plot no longer does it in the way that is taken out here.
 */
function withoutInlineStyle(): Plugin {
  return {
    name: 'without-inline-style',
    transform(code, id) {
      if (!/[\\/]@observablehq[\\/]plot[\\/]src[\\/]plot\.js$/.test(id)) return null;
      const found = /svg\.append\("style"\)\.text\(\s*`[^`]*`\s*\)/;
      if (!found.test(code)) this.error('Plot does not write its style sheet as expected: look at withoutInlineStyle');
      return { code: code.replace(found, 'svg'), map: null };
    },
  };
}

/** Writes the basemap and the licences of everything that is shipped beside the scripts. */
function beside(): Plugin {
  const used = new Set<string>();
  return {
    name: 'beside',
    apply: 'build',
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        for (const id of chunk.moduleIds) {
          const name = /node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(id)?.[1]?.replace('\\', '/');
          if (name) used.add(name);
        }
      }
    },
    closeBundle() {
      const dist = join(here, 'dist');
      mkdirSync(dist, { recursive: true });
      writeFileSync(join(dist, 'world.json'), readFileSync(basemap));
      used.add('world-atlas').add('leaflet');
      let text = 'Libraries that the scripts of these pages are built from, with their licences.\n';
      for (const name of [...used].sort()) {
        const folder = join(modules, name);
        if (!existsSync(join(folder, 'package.json'))) continue;
        const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string; license?: string };
        text += `\n==== ${name} ${about.version} (${about.license ?? 'see below'})\n`;
        const file = readdirSync(folder).find((f) => /^licen[cs]e/i.test(f));
        if (file) text += `${readFileSync(join(folder, file), 'utf8').trim()}\n`;
      }
      text += '\nThe basemap is made with Natural Earth (public domain) by way of world-atlas.\n';
      writeFileSync(join(dist, 'licences.txt'), text);
    },
  };
}

export default defineConfig({
  base: '/assets/',
  plugins: [withoutInlineStyle(), beside()],
  define: {
    WORLD_ADDRESS: JSON.stringify(`/assets/world.json?v=${digest(basemap)}`),
    STYLE_ADDRESS: JSON.stringify(`/assets/desk-extra.css?v=${digest(join(here, 'src/style/extra.css'), join(modules, 'leaflet/dist/leaflet.css'))}`),
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: false,
    cssCodeSplit: false,
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      input: join(here, 'src/desk.ts'),
      output: {
        // What the entry and the others share stands in a file of its own: pages load the entry with a digest in its query,
        // and a file that named it without one would run it a second time.
        codeSplitting: { groups: [{ name: 'shared', test: /[\\/]src[\\/](element|enhance|address)\.ts$/ }] },
        entryFileNames: 'desk.js',
        chunkFileNames: '[name]-[hash].js',
        assetFileNames: (asset) => (asset.names.some((n) => n.endsWith('.css')) ? 'desk-extra.css' : '[name][extname]'),
      },
    },
  },
});
