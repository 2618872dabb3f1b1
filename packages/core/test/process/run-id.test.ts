import fc from 'fast-check';
import { carriesRunId, createRunId, runIdValue } from '../../src/process/run-id.js';

describe('the id of a run', () => {
  it('is carried by what the run starts, and by what a run inside of it starts', () => {
    const [outer, inner, other] = [createRunId(), createRunId(), createRunId()];
    const value = runIdValue(inner, runIdValue(outer, undefined));
    expect(carriesRunId(value, outer)).toBe(true);
    expect(carriesRunId(value, inner)).toBe(true);
    expect(carriesRunId(value, other)).toBe(false);
    expect(carriesRunId(runIdValue(outer, ''), inner)).toBe(false);
  });

  it('is never found in a part of another one', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.nat(35), (id, cut) => {
        expect(carriesRunId(id, id.slice(0, cut))).toBe(false);
      }),
    );
  });
});
