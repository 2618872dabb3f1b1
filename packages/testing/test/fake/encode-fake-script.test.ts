import { isCodexError } from '@codex-rx/core/errors';
import { encodeScript } from '../../src/fake/encode-fake-script.js';
import type { FakeScript, FakeStep } from '../../src/fake/index.js';

describe('encodeScript', () => {
  it.each<[string, FakeScript | FakeStep[]]>([
    ['steps.0', [{ lime: 'x' } as unknown as FakeStep]],
    ['steps', {}],
    ['steps.1.steps.0.longLine', [{ line: '' }, { repeat: 2, steps: [{ longLine: 5 }] }]],
    ['steps.0.wait', [{ wait: -1 }]],
    ['steps.0.exit', [{ exit: Number.NaN }]],
    ['cases.0.nth', { cases: [{ argv: [], nth: 0, steps: [] }] }],
    [
      'cases.0.steps.0.spawn.seconds',
      { cases: [{ argv: [], steps: [{ spawn: { kind: 'child', seconds: Infinity } }] }] },
    ],
  ])('rejects an invalid %s', (field, script) => {
    let error: unknown;
    try {
      encodeScript(script);
    } catch (caught) {
      error = caught;
    }
    expect(isCodexError(error, 'REQUEST_INVALID') && error.field).toBe(field);
  });
});
