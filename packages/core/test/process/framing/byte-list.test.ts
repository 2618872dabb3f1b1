import { fc, test as prop } from '@fast-check/jest';
import { ByteList } from '../../../src/process/framing/byte-list.js';

/** Sizes on both sides of what is copied together, and of a page. */
const size = fc.oneof(fc.constantFrom(0, 1, 5, 3000, 16_383, 16_384, 20_000, 70_000), fc.nat({ max: 100 }));
const step = fc.oneof({ weight: 6, arbitrary: size }, { weight: 1, arbitrary: fc.constant('take' as const) });

describe('a list of bytes', () => {
  prop.prop([fc.array(step, { maxLength: 40 })])(
    'gives back what was added, in its order, whatever the sizes',
    (steps) => {
      const list = new ByteList();
      let added: Buffer[] = [];
      let value = 0;
      for (const each of [...steps, 'take' as const]) {
        if (each === 'take') {
          const expected = Buffer.concat(added);
          expect(list.length).toBe(expected.length);
          expect(list.take().equals(expected)).toBe(true);
          expect(list.length).toBe(0);
          added = [];
        } else {
          value += 1;
          const bytes = Buffer.alloc(each, value);
          list.add(bytes);
          added.push(bytes);
        }
      }
    },
  );

  it('gives back in one piece what came byte by byte', () => {
    const list = new ByteList();
    for (let at = 0; at < 300_000; at += 1) list.add(Buffer.from([at]));
    expect(list.take()).toHaveLength(300_000);
  });
});
