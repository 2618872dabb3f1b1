import * as errors from '../../../src/errors/index.js';

/** For each error class, a function that creates an error with `text` in all of its fields and causes. */
export function errorSamples(text: string): Readonly<Record<string, () => Error>> {
  const failure = {
    category: 'unknown',
    exitCode: 1,
    signal: null,
    stderr: text,
    threadId: text,
    usage: undefined,
    lastMessage: text,
    lastNotice: text,
    resetsAt: new Date(0),
    command: text,
  } as const;
  const cause = (): Error =>
    Object.assign(new Error(`spawn ${text}`, { cause: new Error(text) }), { spawnargs: ['-c', text], path: text });
  return {
    RequestError: () => new errors.RequestError(text, text),
    CapabilityError: () => new errors.CapabilityError(text, text, { since: text }),
    BinaryNotFoundError: () => new errors.BinaryNotFoundError(text, text, cause()),
    SpawnError: () => new errors.SpawnError('SPAWN_FAILED', text, text, cause()),
    HomeError: () => new errors.HomeError(text, text, cause()),
    OutputError: () => new errors.OutputError('tee', text, text, cause()),
    TurnFailedError: () => new errors.TurnFailedError(text, failure),
    ExitError: () => new errors.ExitError(text, { ...failure, stdout: text }),
    SessionError: () => new errors.SessionError('SESSION_BUSY', text, text, { startedThreadId: text, cause: cause() }),
    RunTimeoutError: () => new errors.RunTimeoutError(1, { threadId: text, lastNotice: text }),
    DecodeError: () => new errors.DecodeError({ line: 1, path: text, problem: text, excerpt: text }),
    InputError: () => new errors.InputError(text, text, cause()),
    CommandParseError: () => new errors.CommandParseError(text, text, text, cause()),
    RpcError: () => new errors.RpcError('RPC_ERROR', text, { cause: cause() }),
    BundledBinaryError: () => new errors.BundledBinaryError('BUNDLE_OUTSIDE_ROOT', text, text, cause()),
    SnapshotError: () => new errors.SnapshotError('SNAPSHOT_READ', text, text, cause()),
    AbortError: () => new errors.AbortError(text),
    IdleTimeoutError: () => new errors.IdleTimeoutError({ idleFor: 1, phase: 'each', lastEvent: undefined, seen: 0 }),
  };
}

/** The error classes that can be created. */
export const errorClasses = Object.keys(errors).filter((name) => /^[A-Z]\w+Error$/.test(name) && name !== 'CodexError');
