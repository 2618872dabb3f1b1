import fc from 'fast-check';
import { Fifo } from '../../src/fifo.js';

describe('a first-in-first-out queue', () => {
  it('gives what an array would give, whatever is put in and taken', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -100, max: 100 }), { maxLength: 30 }), (steps) => {
        const queue = new Fifo<number>();
        const model: number[] = [];
        let next = 0;
        for (const step of steps) {
          for (let i = 0; i < step; i++) {
            queue.push(next);
            model.push(next++);
          }
          for (let i = step; i < 0 && model.length > 0; i++) expect(queue.take()).toBe(model.shift());
          if (step === 0) {
            queue.clear();
            model.length = 0;
          }
          expect(queue).toHaveLength(model.length);
        }
      }),
    );
  });
});
