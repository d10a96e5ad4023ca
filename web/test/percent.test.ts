import { expect, test } from 'vitest';
import { percent, share } from '../src/chart/draw';
import cases from './percent.json';

// The server's own test reads the same cases (crates/answer/src/words.rs).
test('scripts print probabilities as the server does', () => {
  expect(cases.map(([p]) => [p, percent(p as number), share(p as number)])).toEqual(cases);
});
