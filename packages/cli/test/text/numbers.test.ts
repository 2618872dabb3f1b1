import { counted, formatDuration, formatNumber } from '../../src/text/numbers.js';

it.each([
  [0, '0.0s'],
  [49, '0.0s'],
  [50, '0.1s'],
  [12_345, '12.3s'],
  [59_949, '59.9s'],
  [59_951, '1m 00s'],
  [125_400, '2m 05s'],
  [3_599_400, '59m 59s'],
  [3_600_000, '1h 00m'],
  [7_380_000, '2h 03m'],
])('%d ms read as %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

it('groups digits', () => {
  expect(formatNumber(1_234_567)).toBe('1,234,567');
});

it('counts one and many', () => {
  expect([counted(1, 'step'), counted(1_200, 'step')]).toEqual(['1 step', '1,200 steps']);
});
