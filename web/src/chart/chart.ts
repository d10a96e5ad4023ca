// The charts, in one file that pages with charts load.

import { chart } from './draw';
import { fan } from './fan';
import { past } from './past';
import { reliability } from './reliability';

export { drawTimeline } from './timeline';
export const drawPast = (host: HTMLElement, source: string): Promise<void> => chart(host, source, past);
export const drawFan = (host: HTMLElement, source: string): Promise<void> => chart(host, source, fan);
export const drawReliability = (host: HTMLElement, source: string): Promise<void> => chart(host, source, reliability);
