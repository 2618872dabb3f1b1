import { inspect } from 'node:util';
import * as errors from '../../src/errors/index.js';
import { redactError } from '../../src/secrets/redact-error.js';

const SECRET = 'hunter2hunter2';
const failure = {
  category: 'unknown',
  exitCode: 1,
  signal: null,
  stderr: SECRET,
  threadId: SECRET,
  usage: undefined,
  lastMessage: SECRET,
  lastNotice: SECRET,
  resetsAt: new Date(0),
  command: SECRET,
} as const;
const cause = (): Error =>
  Object.assign(new Error(`spawn ${SECRET}`, { cause: new Error(SECRET) }), {
    spawnargs: ['-c', SECRET],
    path: SECRET,
  });

const samples: Readonly<Record<string, () => Error>> = {
  RequestError: () => new errors.RequestError(SECRET, SECRET),
  CapabilityError: () => new errors.CapabilityError(SECRET, SECRET, { since: SECRET }),
  BinaryNotFoundError: () => new errors.BinaryNotFoundError(SECRET, SECRET, cause()),
  SpawnError: () => new errors.SpawnError('SPAWN_FAILED', SECRET, SECRET, cause()),
  HomeError: () => new errors.HomeError(SECRET, SECRET, cause()),
  OutputError: () => new errors.OutputError('tee', SECRET, SECRET, cause()),
  TurnFailedError: () => new errors.TurnFailedError(SECRET, failure),
  ExitError: () => new errors.ExitError(SECRET, failure),
  SessionError: () =>
    new errors.SessionError('SESSION_BUSY', SECRET, SECRET, { startedThreadId: SECRET, cause: cause() }),
  RunTimeoutError: () => new errors.RunTimeoutError(1, { threadId: SECRET, lastNotice: SECRET }),
  DecodeError: () => new errors.DecodeError({ line: 1, path: SECRET, problem: SECRET, excerpt: SECRET }),
  InputError: () => new errors.InputError(SECRET, SECRET, cause()),
  CommandParseError: () => new errors.CommandParseError(SECRET, SECRET, SECRET, cause()),
  BundledBinaryError: () => new errors.BundledBinaryError('BUNDLE_OUTSIDE_ROOT', SECRET, SECRET, cause()),
};

/** Their fields belong to the application or to an event that was emitted before. */
const EXEMPT = ['AbortError', 'IdleTimeoutError', 'CodexError'];

describe('redactError', () => {
  it('is tested with every error class', () => {
    const classes = Object.keys(errors).filter((name) => name.endsWith('Error') && !EXEMPT.includes(name));
    expect(classes.filter((name) => name !== 'isCodexError').sort()).toEqual(Object.keys(samples).sort());
  });

  it.each(Object.entries(samples))('removes a secret from every field of a %s', (_name, create) => {
    const error = redactError(create(), [SECRET]);
    const shown = [inspect(error, { depth: 20, showHidden: true }), String(error), JSON.stringify(error), error.stack];
    expect(shown.join('\n')).not.toContain(SECRET);
    expect(shown.join('\n')).toContain('***');
  });

  it('returns errors of the application unchanged', () => {
    const error = new Error(SECRET);
    expect(redactError(error, [SECRET]).message).toBe(SECRET);
    expect(redactError('text', [SECRET])).toBe('text');
    const reason = { secret: SECRET };
    expect(redactError(new errors.AbortError(reason), [SECRET]).reason).toEqual({ secret: SECRET });
  });

  it('accepts errors that contain themselves', () => {
    const error = new errors.InputError(SECRET, SECRET);
    Object.assign(error, { self: error });
    expect(redactError(error, [SECRET]).message).not.toContain(SECRET);
  });
});
