import { expect, test } from 'vitest';
import { readBox, terms, valueOf, withFilter, withTerm, writeBox } from '../src/address';
import { completions, termAt } from '../src/page/filter';

test('blanks within quotes do not part terms', () => {
  expect(terms('place:"Kosovska Mitrovica" type:ASSAULT  word')).toEqual(['place:"Kosovska Mitrovica"', 'type:ASSAULT', 'word']);
  expect(terms('text:"a \\" b" c')).toEqual(['text:"a \\" b"', 'c']);
});

test('a term takes the place of those of its field, by whatever name', () => {
  expect(withTerm('from:2020 type:ASSAULT since:2021', 'since', '2023-09-01')).toBe('type:ASSAULT since:2023-09-01');
  expect(withTerm('box:1,2,3,4 x', 'bbox', null)).toBe('x');
  expect(withTerm('-bbox:1,2,3,4', 'bbox', '5,6,7,8')).toBe('-bbox:1,2,3,4 bbox:5,6,7,8');
  expect(valueOf('a bbox:1,2,3,4', 'bbox')).toBe('1,2,3,4');
});

test('an address keeps its other parameters', () => {
  expect(withFilter('/map?q=country%3AXKX&as_of=2023-09-24', (q) => withTerm(q, 'bbox', '1,2,3,4'))).toBe('/map?q=country%3AXKX+bbox%3A1%2C2%2C3%2C4&as_of=2023-09-24');
  expect(withFilter('/map?q=bbox%3A1%2C2%2C3%2C4', (q) => withTerm(q, 'bbox', null))).toBe('/map');
});

test('a box goes into the address and comes back', () => {
  expect(writeBox([20.04321, 42.16789, 21.81234, 43.27777])).toBe('20.043,42.168,21.812,43.278');
  expect(writeBox([-190, -89, 170, 95])).toBe('-180,-89,170,90');
  expect(readBox(writeBox([20, 42, 21, 43]))).toEqual([20, 42, 21, 43]);
  for (const bad of [null, '', '1,2,3', '1,2,3,x', '1,50,2,40', '1,2,,4', '0,-95,1,0']) expect(readBox(bad)).toBeNull();
});

const fields = [
  { name: 'type', aliases: ['event'], operators: [':'], values: '', words: [], meaning: 'What kind.', example: 'type:ASSAULT' },
  { name: 'killed', aliases: ['dead'], operators: [':', '>='], values: '', words: [], meaning: 'Killed.', example: 'killed>=3' },
  { name: 'status', aliases: [], operators: [':'], values: '', words: ['asserted', 'denied'], meaning: 'Whether.', example: '' },
];

test('fields and their words complete the term at the caret', () => {
  expect(completions('ev', fields).map((c) => c.put)).toEqual(['type:']);
  expect(completions('status:asserted,d', fields).map((c) => c.put)).toEqual(['status:asserted,denied']);
  expect(completions('status:denied', fields)).toEqual([]);
  expect(completions('', fields)).toEqual([]);
  expect(termAt('type:ASSAULT -st', 16)).toEqual({ start: 14, word: 'st' });
  expect(termAt('place:"North M', 14)).toBeNull();
});
