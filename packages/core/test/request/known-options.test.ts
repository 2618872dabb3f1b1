import { assertKnownOptions } from '../../src/request/known-options.js';

const known = ['workingDirectory', 'sandbox', 'addDirs', 'binary', 'session', 'prompt'];

describe('assertKnownOptions', () => {
  it.each([
    ['cwd', 'Use "workingDirectory".'],
    ['sandboxMode', 'Use "sandbox".'],
    ['additionalDirectories', 'Use "addDirs".'],
    ['modelReasoningEffort', 'Use "reasoning.effort".'],
    ['codexPathOverride', 'Use "binary".'],
    ['apiKey', 'Use "env": { CODEX_API_KEY: … }.'],
    ['threadId', 'Use "session".'],
    ['workingDir', 'Did you mean "workingDirectory"?'],
    ['banana', 'Remove it.'],
    ['toString', 'Remove it.'],
  ])('rejects %s with the advice: %s', (name, advice) => {
    expect(() => {
      assertKnownOptions({ [name]: 'x' }, known);
    }).toThrow(`Unknown option "${name}". ${advice}`);
  });

  it('accepts known options, and others without a value', () => {
    expect(() => {
      assertKnownOptions({ sandbox: 'x', cwd: undefined }, known);
    }).not.toThrow();
  });
});
