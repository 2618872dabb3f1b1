import { type Dimension, UsageAggregator } from '../../src/usage/aggregate.js';
import { createCalendar } from '../../src/usage/periods.js';
import { NO_TOKENS } from '../../src/usage/tokens.js';

const DAY = 24 * 60 * 60_000;

/** The keys of the rows for one entry a model, day and cost. */
function keysOf(by: readonly Dimension[], entries: readonly (readonly [string, number, number])[]) {
  const aggregator = new UsageAggregator({ by, calendar: createCalendar('UTC'), priceOf: (_, __, { input }) => input });
  for (const [model, day, input] of entries) {
    const tokens = { ...NO_TOKENS, input };
    aggregator.add({ time: day * DAY, tokens, model, provider: undefined, folder: '/w', session: 's' });
  }
  return aggregator.table().rows.map(({ keys }) => keys.join(' '));
}

const entries = [
  ['small', 0, 1],
  ['large', 1, 2],
  ['small', 2, 3],
  ['large', 0, 5],
] as const;

describe('the rows of a usage table', () => {
  it('keep a model together, the most expensive first, with ascending days', () => {
    expect(keysOf(['model', 'day'], entries)).toEqual([
      ...['large 1970-01-01', 'large 1970-01-02', 'small 1970-01-01', 'small 1970-01-03'],
    ]);
  });

  it('keep a day together, with the most expensive model first', () => {
    expect(keysOf(['day', 'model'], entries)).toEqual([
      ...['1970-01-01 large', '1970-01-01 small', '1970-01-02 large', '1970-01-03 small'],
    ]);
  });
});
