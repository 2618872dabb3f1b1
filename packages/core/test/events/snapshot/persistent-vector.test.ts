import { inspect } from 'node:util';
import fc from 'fast-check';
import { emptyVector, type PersistentVector } from '../../../src/events/snapshot/persistent-vector.js';

function vectorOf(length: number): PersistentVector<number> {
  let vector = emptyVector<number>();
  for (let i = 0; i < length; i++) vector = vector.push(i);
  return vector;
}

describe('PersistentVector', () => {
  it.each([0, 1, 31, 32, 33, 63, 64, 65, 1023, 1024, 1055, 1056, 1057, 32_768, 32_800, 32_801, 40_000])(
    'holds %i values in order',
    (length) => {
      const expected = Array.from({ length }, (_, i) => i);
      const vector = vectorOf(length);
      expect(vector).toHaveLength(length);
      expect(vector.toArray()).toEqual(expected);
      expect([...vector]).toEqual(expected);
      expect(expected.every((value) => vector.at(value) === value)).toBe(true);
    },
  );

  it('counts negative positions from the end and has nothing beyond its ends', () => {
    const vector = vectorOf(40);
    expect([vector.at(-1), vector.at(-40), vector.at(-41), vector.at(40), vector.at(1.9)]).toEqual([
      39,
      0,
      undefined,
      undefined,
      1,
    ]);
  });

  it('behaves as an array under pushes and replacements, and leaves older versions as they were', () => {
    const operations = fc.array(fc.oneof(fc.constant('push' as const), fc.nat()), { maxLength: 400 });
    fc.assert(
      fc.property(operations, fc.integer({ min: 0, max: 1100 }), (steps, start) => {
        let model = Array.from({ length: start }, (_, i) => i);
        let vector = vectorOf(start);
        const versions = [[model, vector] as const];
        steps.forEach((step, i) => {
          if (step === 'push' || model.length === 0) {
            model = [...model, -i];
            vector = vector.push(-i);
          } else {
            const position = step % model.length;
            model = model.map((value, at) => (at === position ? -i : value));
            vector = vector.set(position, -i);
          }
          if (i % 40 === 0) versions.push([model, vector]);
        });
        versions.push([model, vector]);
        for (const [expected, version] of versions) expect(version.toArray()).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });

  it('tells the positions at which it differs from an older version', () => {
    const replacements = fc.array(fc.nat(), { maxLength: 5 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2200 }), replacements, fc.nat({ max: 1100 }), (start, steps, pushes) => {
        const before = vectorOf(start);
        let after = start === 0 ? before : steps.reduce((vector, step) => vector.set(step % start, -1), before);
        for (let i = 0; i < pushes; i++) after = after.push(start + i);
        const old = before.toArray();
        const differing = after.toArray().flatMap((value, at) => (value === old[at] ? [] : [at]));
        expect(after.changedPositions(before)).toEqual(differing);
      }),
      { numRuns: 100 },
    );
  });

  it('keeps versions apart that grew from the same one', () => {
    const step = fc.record({ from: fc.nat(), position: fc.option(fc.nat()) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120, size: 'max' }), fc.integer({ min: 0, max: 300 }), (steps, start) => {
        const versions = [{ model: Array.from({ length: start }, (_, i) => i), vector: vectorOf(start) }];
        steps.forEach(({ from, position }, i) => {
          // Mostly one of the latest versions, so that they become long.
          const origin = versions[versions.length - 1 - (from % Math.min(versions.length, 3))];
          if (origin === undefined) return;
          const { model, vector } = origin;
          if (position === null || model.length === 0) {
            versions.push({ model: [...model, -i], vector: vector.push(-i) });
          } else {
            const place = model.length - 1 - (position % model.length);
            versions.push({
              model: model.map((value, at) => (at === place ? -i : value)),
              vector: vector.set(place, -i),
            });
          }
        });
        for (const { model, vector } of versions) expect(vector.toArray()).toEqual(model);
      }),
      { numRuns: 100 },
    );
  });

  it('shares what it does not copy', () => {
    const vector = vectorOf(5000);
    const before = process.memoryUsage().heapUsed;
    const versions = Array.from({ length: 10_000 }, (_, i) => vector.push(i));
    const perVersion = (process.memoryUsage().heapUsed - before) / versions.length;
    // A copy of the whole list would be 40,000 bytes.
    expect(perVersion).toBeLessThan(2000);
  });

  it('serialises to an array and shows its values', () => {
    expect(JSON.stringify(vectorOf(3))).toBe('[0,1,2]');
    expect(inspect(vectorOf(3))).toBe('[ 0, 1, 2 ]');
  });
});
