import { BinaryNotFoundError, type RunFailure, TurnFailedError } from '@codex-rx/core';
import { explain } from '../../src/terminal/explain.js';

const failure: RunFailure = {
  category: 'unknown',
  exitCode: 1,
  signal: null,
  stderr: '',
  threadId: 't',
  usage: undefined,
  lastMessage: undefined,
  lastNotice: undefined,
  resetsAt: undefined,
  command: 'codex exec',
};

it('says what to do without a CLI', () => {
  const lines = explain(new BinaryNotFoundError('codex', 'there is no "codex" on PATH'));
  expect(lines[0]).toContain('there is no "codex" on PATH');
  expect(lines[1]).toContain(`${process.platform}-${process.arch}`);
  expect(lines).toHaveLength(2);
});

it('says what to do about a failure whose class is known', () => {
  expect(explain(new TurnFailedError('Unauthorized.', { ...failure, category: 'auth' }))).toEqual([
    'Unauthorized.',
    'Log in with `codex login`, then try again.',
  ]);
});

it('says when a limit is reset', () => {
  const resetsAt = new Date(2031, 4, 6, 7, 8);
  const lines = explain(new TurnFailedError('Limit.', { ...failure, category: 'usage_limit', resetsAt }));
  expect(lines).toEqual(['Limit.', `It is reset at ${resetsAt.toLocaleString()}.`]);
});

it('has the message of any other error', () => {
  expect([explain(new TurnFailedError('No.', failure)), explain(new Error('Oh.')), explain('Ah.')]).toEqual([
    ['No.'],
    ['Oh.'],
    ['Ah.'],
  ]);
});
