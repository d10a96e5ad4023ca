// The entry: enhances what the server has written. Where anything fails, the page stays as it was.
import { copy } from './copy';
import { keys } from './keys';
import { parties } from './parties';
import { theme } from './theme';

type Draw = (host: HTMLElement, src: string) => Promise<void>;

/** Draws into every element with a hook; each part is loaded when a page has use for it. */
async function enhance(hook: string, load: () => Promise<Draw>): Promise<void> {
  const hosts = [...document.querySelectorAll<HTMLElement>(`[data-${hook}][data-src]`)];
  if (hosts.length === 0) return;
  try {
    const draw = await load();
    for (const host of hosts) await draw(host, host.dataset['src'] ?? '');
  } catch (error) {
    console.info(`forewarn: ${hook} stays as the server drew it`, error);
  }
}

theme();
keys();
parties();
copy();
void enhance('map', async () => (await import('./map')).draw);
void enhance('timeline', async () => (await import('./chart')).timeline);
void enhance('past', async () => (await import('./chart')).past);
void enhance('fan', async () => (await import('./chart')).fan);
void enhance('reliability', async () => (await import('./chart')).reliability);
