import { lines$ } from '@codex-rx/core';
import { type FakeStep, fakeCodex } from '@codex-rx/testing';
import { leavesNothing } from './support/leaves-nothing.js';
import { completed } from './support/lines.js';
import { observe } from './support/observe.js';

leavesNothing();
const request = (steps: readonly FakeStep[]) => ({ prompt: 'hello', ...fakeCodex(steps).options, terminateGrace: 300 });

describe('lines$', () => {
  it('emits the lines as they are, blank ones as empty text', async () => {
    const observed = await observe(lines$(request([{ raw: `\r\nno JSON\n\n${JSON.stringify(completed)}` }])));
    expect(observed).toMatchObject({ error: undefined, values: ['', 'no JSON', '', JSON.stringify(completed)] });
  });

  it('emits a line that strict decoding rejects, before the error', async () => {
    const observed = await observe(lines$({ ...request([{ line: 'no JSON' }, { hang: true }]), strict: true }));
    expect(observed).toMatchObject({ values: ['no JSON'], error: { code: 'DECODE_FAILED' } });
  });
});
