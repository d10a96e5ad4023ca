// What was said against how often it came.

import * as Plot from '@observablehq/plot';
import { thousands } from '../element';
import { percent, PLAIN, share, type Drawing } from './draw';

interface Bin { readonly mean_p: number; readonly frequency: number; readonly n: number; readonly low: number; readonly high: number }
interface Data { readonly reliability: readonly Bin[] | null }

export const reliability: Drawing<Data> = {
  can: (data) => Array.isArray(data.reliability) && data.reliability.length >= 2,
  describe: (data) => (data.reliability ?? []).map((b) => `said ${percent(b.mean_p)}, came ${share(b.frequency)} of ${b.n}`).join('; '),
  draw: (data, width) => {
    const bins = [...(data.reliability ?? [])];
    const side = Math.min(width, 440);
    const most = Math.min(1, Math.max(0.1, ...bins.map((b) => Math.max(b.high, b.mean_p))) * 1.05);
    return Plot.plot({
      ...PLAIN, width: side, height: side, marginLeft: 52, marginBottom: 42, marginRight: 14,
      x: { domain: [0, most], label: 'said', tickFormat: share, ticks: 5, labelAnchor: 'center', labelArrow: 'none' },
      y: { domain: [0, most], label: 'came', tickFormat: share, ticks: 5, labelArrow: 'none' },
      r: { domain: [0, Math.max(...bins.map((b) => b.n))], range: [0, 9] },
      marks: [
        Plot.gridX({ ticks: 5, stroke: 'var(--rule)', strokeOpacity: 1 }),
        Plot.gridY({ ticks: 5, stroke: 'var(--rule)', strokeOpacity: 1 }),
        Plot.line([[0, 0], [most, most]], { stroke: 'var(--strong-rule)', strokeDasharray: '5 4' }),
        Plot.ruleX(bins, { x: 'mean_p', y1: 'low', y2: 'high', stroke: 'var(--line)', strokeWidth: 1.5 }),
        Plot.dot(bins, { x: 'mean_p', y: 'frequency', r: 'n', fill: 'var(--line)' }),
        Plot.tip(bins, Plot.pointer({
          x: 'mean_p', y: 'frequency', fill: 'var(--raised)', stroke: 'var(--strong-rule)',
          lineHeight: 1.3, title: (b: Bin) => `said ${percent(b.mean_p)} on average\ncame ${share(b.frequency)} (${share(b.low)} to ${share(b.high)})\n${thousands(b.n)} forecasts`,
        })),
      ],
    });
  },
};
