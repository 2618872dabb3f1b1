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
const how = (observed: Partial<ObservedRun>) => runOutcome({ ...run, ...observed }, now);

describe('runOutcome', () => {
  it('turn.completed is a success, whatever else there is', () => {
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

  it('turn.failed is a TurnFailedError, whatever else there is', () => {
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

  it('neither is an ExitError, also for exit code 0', () => {
    fc.assert(
      fc.property(fc.option(fc.integer({ min: 0, max: 255 })), (exitCode) => {
        expect(how({ exitCode })).toMatchObject({ code: 'EXIT', exitCode });
      }),
    );
  });

  it('a run without a turn succeeds by its thread and a clean exit only', () => {
    expect(how({ isTurnless: true })).toBeUndefined();
    expect(how({ isTurnless: true, exitCode: 1 })).toMatchObject({ code: 'EXIT' });
    expect(how({ isTurnless: true, threadId: undefined })).toMatchObject({ code: 'EXIT' });
    expect(how({ isTurnless: true, exitCode: null, signal: 'SIGKILL' })).toMatchObject({ code: 'EXIT' });
  });

  it('says when a usage limit ends', () => {
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

  it('takes a refusal for a SessionError only where a session was asked for, and no thread began', () => {
    const refused = { stderr: 'Error: no rollout found for thread id x\n', exitCode: 1, threadId: undefined };
    expect(how({ ...refused, session: 'x' })).toMatchObject({ code: 'SESSION_NOT_FOUND', session: 'x' });
    expect(how({ ...refused, stderr: 'Error: Session not found: x\n', session: 'x' })).toMatchObject({
      code: 'SESSION_NOT_FOUND',
    });
    expect(how(refused)).toMatchObject({ code: 'EXIT' });
    expect(how({ ...refused, session: 'x', threadId: 'thread' })).toMatchObject({ code: 'EXIT' });
  });
});
