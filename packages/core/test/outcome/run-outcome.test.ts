import fc from 'fast-check';
import { type ObservedRun, runOutcome } from '../../src/outcome/run-outcome.js';

const now = new Date(2026, 10, 23);
const run: ObservedRun = {
  terminal: undefined,
  exitCode: 0,
  signal: null,
  stderr: '',
  threadId: 'thread',
  usage: undefined,
  lastMessage: undefined,
  lastNotice: undefined,
  command: 'codex exec',
  session: undefined,
  isTurnless: false,
};
const how = (observed: Partial<ObservedRun>) => runOutcome({ ...run, ...observed }, { now });

describe('runOutcome', () => {
  it('returns undefined for turn.completed, for any exit', () => {
    const anything = fc.record({
      exitCode: fc.option(fc.integer({ min: 0, max: 255 })),
      signal: fc.option(fc.constantFrom('SIGKILL', 'SIGINT')),
      stderr: fc.string(),
      lastNotice: fc.option(fc.string(), { nil: undefined }),
      session: fc.option(fc.string(), { nil: undefined }),
      isTurnless: fc.boolean(),
    });
    fc.assert(
      fc.property(anything, (observed) => {
        expect(how({ ...observed, terminal: { type: 'completed' } })).toBeUndefined();
      }),
    );
  });

  it('returns a TurnFailedError for turn.failed, for any exit', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.option(fc.integer({ min: 0, max: 255 })),
        fc.boolean(),
        (message, exitCode, isTurnless) => {
          expect(
            how({ terminal: { type: 'failed', message }, exitCode, isTurnless, threadId: undefined }),
          ).toMatchObject({
            code: 'TURN_FAILED',
            message: expect.stringMatching(/./) as string,
          });
        },
      ),
    );
  });

  it('returns an ExitError without either, also for exit code 0', () => {
    fc.assert(
      fc.property(fc.option(fc.integer({ min: 0, max: 255 })), (exitCode) => {
        expect(how({ exitCode })).toMatchObject({ code: 'EXIT', exitCode });
      }),
    );
  });

  it('accepts a run without a turn only with a thread and exit code 0', () => {
    expect(how({ isTurnless: true })).toBeUndefined();
    expect(how({ isTurnless: true, exitCode: 1 })).toMatchObject({ code: 'EXIT' });
    expect(how({ isTurnless: true, threadId: undefined })).toMatchObject({ code: 'EXIT' });
    expect(how({ isTurnless: true, exitCode: null, signal: 'SIGKILL' })).toMatchObject({ code: 'EXIT' });
  });

  it('returns the end of a usage limit', () => {
    const message = "You've hit your usage limit. Try again in 1 hour.";
    expect(how({ terminal: { type: 'failed', message } })).toMatchObject({
      category: 'usage_limit',
      resetsAt: new Date(now.getTime() + 3_600_000 + 60_000),
    });
  });

  it.each<[Partial<ObservedRun>, string]>([
    [{ exitCode: 3 }, 'codex exited with code 3 before the turn ended.'],
    [{ exitCode: null, signal: 'SIGKILL' }, 'codex was ended by SIGKILL before the turn ended.'],
    [{ exitCode: 1, stderr: 'Error: no luck\n' }, 'codex exited with code 1 before the turn ended: Error: no luck'],
    [
      { exitCode: 1, lastNotice: '{"error":{"message":"nope"}}' },
      'codex exited with code 1 before the turn ended: nope',
    ],
  ])('tells of an exit with %j', (observed, message) => {
    expect(how(observed)?.message).toBe(message);
  });

  it('returns a SessionError only if the request has a session and no thread started', () => {
    const refused = { stderr: 'Error: no rollout found for thread id x\n', exitCode: 1, threadId: undefined };
    expect(how({ ...refused, session: 'x' })).toMatchObject({ code: 'SESSION_NOT_FOUND', session: 'x' });
    expect(how({ ...refused, stderr: 'Error: Session not found: x\n', session: 'x' })).toMatchObject({
      code: 'SESSION_NOT_FOUND',
    });
    expect(how(refused)).toMatchObject({ code: 'EXIT' });
    expect(how({ ...refused, session: 'x', threadId: 'thread' })).toMatchObject({ code: 'EXIT' });
  });
});
