import { toJson } from '../../src/text/to-json.js';

describe('toJson', () => {
  it('escapes what a terminal would act on, also in indented JSON, and keeps the value', () => {
    const value = { folder: '/tmp/\u009b31mred\u202egnp', text: 'ü' };
    for (const text of [toJson(value), toJson(value, 2)]) {
      expect(text).not.toMatch(/[\u007f-\u009f\u202e]/);
      expect(JSON.parse(text)).toEqual(value);
    }
  });
});

it('takes a value that is deeper than JSON.stringify can go', () => {
  const deep: unknown = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
  expect(toJson({ text: 'shown', deep })).toMatch(/^\{"text":"shown","deep":\[.*deeper values left out/);
});
