// Builds the scripts of the desk's pages into dist/, from where the server takes them in.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

/** Writes the basemap and the licences of everything that is shipped beside the scripts. */
function beside(): Plugin {
  return {
    name: 'beside',
    apply: 'build',
    closeBundle() {
      const dist = join(import.meta.dirname, 'dist');
      mkdirSync(dist, { recursive: true });
      const modules = join(import.meta.dirname, 'node_modules');
      writeFileSync(join(dist, 'world.json'), readFileSync(join(modules, 'world-atlas/countries-50m.json')));
      const shipped = ['leaflet', 'supercluster', 'kdbush', 'topojson-client', 'world-atlas', '@observablehq/plot', 'isoformat', 'interval-tree-1d', 'd3'];
      for (const name of readdirSync(modules)) if (name.startsWith('d3-') || name === 'internmap') shipped.push(name);
      let text = 'Libraries that the scripts of these pages are built from, with their licences.\n';
      for (const name of shipped) {
        const folder = join(modules, name);
        if (!existsSync(join(folder, 'package.json'))) continue;
        const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string; license?: string };
        text += `\n==== ${name} ${about.version} (${about.license ?? 'see below'})\n`;
        const file = readdirSync(folder).find((f) => /^licen[cs]e/i.test(f));
        if (file) text += readFileSync(join(folder, file), 'utf8').trim() + '\n';
      }
      text += '\nThe basemap is made with Natural Earth (public domain) by way of world-atlas.\n';
      writeFileSync(join(dist, 'licences.txt'), text);
    },
  };
}

export default defineConfig({
  base: '/assets/',
  plugins: [beside()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: false,
    cssCodeSplit: false,
    rollupOptions: {
      input: join(import.meta.dirname, 'src/desk.ts'),
      output: { entryFileNames: 'desk.js', chunkFileNames: '[name]-[hash].js', assetFileNames: '[name][extname]' },
    },
  },
});
