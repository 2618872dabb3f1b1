import fc from 'fast-check';
import { OpenKeys } from '../src/open-keys.js';

describe('OpenKeys', () => {
  it('is as empty as a Set to which the same was done', () => {
    const key = fc.constantFrom('', 'a', 'b', 'x\na', 'x\nb');
    const step = fc.record({ verb: fc.constantFrom('add', 'delete', 'deleteAll'), key });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const keys = new OpenKeys();
        const model = new Set<string>();
        for (const { verb, key } of steps) {
          if (verb === 'add') {
            keys.add(key);
            model.add(key);
          } else if (verb === 'delete') {
            keys.delete(key);
            model.delete(key);
          } else {
            keys.deleteAll(key);
            for (const known of model) if (known.startsWith(key)) model.delete(known);
          }
          expect(keys.isEmpty).toBe(model.size === 0);
        }
      }),
      { numRuns: 500 },
    );
  });
});
