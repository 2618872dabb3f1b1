import fc from 'fast-check';
import { of, throwError } from 'rxjs';
import type { ThreadEvent } from '../../src/events/events.js';
import { EarlyEnd } from '../../src/exec/early-end.js';
import { buildEnvironment, secretsOf } from '../../src/exec/environment.js';
import { Holds } from '../../src/exec/holds.js';
import { onAbort } from '../../src/exec/on-abort.js';
import { followPauses } from '../../src/exec/pauses.js';
import { leaveThread, leavingThread, trackSettling, waitFor, whenIdle } from '../../src/exec/predecessors.js';
import { RunRecord } from '../../src/exec/run-record.js';
import { checkSession } from '../../src/exec/session-guard.js';
import { TurnClock } from '../../src/exec/turn-clock.js';
import { THREAD } from './support/lines.js';

describe('buildEnvironment', () => {
  const host = { PATH: '/bin', HOME: '/home', CODEX_HOME: '/host' };

  it("is the host's, with the home, the id of the run, and a quiet log", () => {
    expect(buildEnvironment({ codexHome: '/home/codex' }, host, 'run')).toEqual({
      PATH: '/bin',
      HOME: '/home',
      CODEX_HOME: '/home/codex',
      RUST_LOG: 'error',
      CODEX_RX_RUN_ID: 'run',
    });
  });

  it('lets env win, and removes what is undefined there', () => {
    const env = { PATH: undefined, CODEX_HOME: '/own', RUST_LOG: 'debug', NEW: '1' };
    expect(buildEnvironment({ codexHome: '/home/codex', env }, host, 'run')).toEqual({
      HOME: '/home',
      CODEX_HOME: '/own',
      RUST_LOG: 'debug',
      NEW: '1',
      CODEX_RX_RUN_ID: 'run',
    });
  });

  it("keeps the host's own RUST_LOG, and takes nothing from it with inheritEnv: false", () => {
    expect(buildEnvironment({}, { RUST_LOG: 'info' }, 'run')).toMatchObject({ RUST_LOG: 'info' });
    expect(buildEnvironment({ inheritEnv: false, env: { A: '1' } }, host, 'run')).toEqual({
      A: '1',
      RUST_LOG: 'error',
      CODEX_RX_RUN_ID: 'run',
    });
  });

  it('changes neither the host nor the request, and cannot lose the id of the run', () => {
    const variables = fc.dictionary(
      fc.constantFrom('A', 'B', 'CODEX_RX_RUN_ID'),
      fc.option(fc.string(), { nil: undefined }),
    );
    fc.assert(
      fc.property(variables, variables, (env, given) => {
        const before = structuredClone({ env, given });
        const built = buildEnvironment({ env }, given, 'run');
        expect({ env, given }).toEqual(before);
        expect(built.CODEX_RX_RUN_ID?.split('/').at(-1)).toBe('run');
        expect(Object.values(built)).not.toContain(undefined);
      }),
    );
  });
});

describe('secretsOf', () => {
  const value = 'a-long-value';
  it.each([
    'OPENAI_API_KEY',
    'AZURE_OPENAI_KEY',
    'GH_TOKEN',
    'AWS_SECRET_ACCESS_KEY',
    'DB_PASSWORD',
    'npm_config__authToken',
    'BEARER',
    'apikey',
    'SECRET_WORD',
  ])('takes the value of %s for one', (name) => {
    expect(secretsOf({ [name]: value })).toEqual([value]);
  });

  it.each([
    'PATH',
    'KEYBOARD',
    'GIT_AUTHOR_NAME',
    'SSH_AUTH_SOCK',
    'TOKENIZER',
    'GOOGLE_CREDENTIALS_FILE',
    'MAX_TOKENS_LIMIT',
    'XAUTHORITY',
  ])('does not take the value of %s for one', (name) => {
    expect(secretsOf({ [name]: value })).toEqual([]);
  });

  it('leaves out values that are too short to be told from other text', () => {
    expect(secretsOf({ API_KEY: 'short', TOKEN: undefined })).toEqual([]);
  });
});

describe('Holds', () => {
  it('holds while any party does, and tells changes only', () => {
    const step = fc.record({ party: fc.nat(3), pause: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const holds = new Holds();
        const told: boolean[] = [];
        holds.bind((isHeld) => told.push(isHeld));
        const parties = Array.from({ length: 4 }, () => holds.acquire());
        const model = new Set<number>();
        for (const { party, pause } of steps) {
          if (pause) {
            parties[party]?.pause();
            model.add(party);
          } else {
            parties[party]?.resume();
            model.delete(party);
          }
          expect(holds.isHeld).toBe(model.size > 0);
          expect(told.at(-1)).toBe(holds.isHeld);
        }
        expect(told.every((isHeld, index) => isHeld === (index % 2 === 1))).toBe(true);
      }),
    );
  });

  it('tells a late listener the state', () => {
    const holds = new Holds();
    holds.acquire().pause();
    const told: boolean[] = [];
    holds.bind((isHeld) => told.push(isHeld));
    expect(told).toEqual([true]);
  });

  it('follows paused$, lets go at its end, and hands on its error', () => {
    const hold = { pause: jest.fn(), resume: jest.fn() };
    followPauses(of(true, false, true), hold, () => undefined);
    expect([hold.pause.mock.calls.length, hold.resume.mock.calls.length]).toEqual([2, 2]);
    const onError = jest.fn();
    const trouble = new Error('trouble');
    followPauses(
      throwError(() => trouble),
      hold,
      onError,
    );
    expect(onError).toHaveBeenCalledWith(trouble);
  });
});

describe('EarlyEnd', () => {
  it('has the first cause, for good', async () => {
    const early = new EarlyEnd();
    early.check();
    expect(early.set({ how: 'silent' })).toBe(true);
    expect(early.set({ how: 'complete' })).toBe(false);
    expect(early.cause).toEqual({ how: 'silent' });
    await early.happened;
    expect(() => {
      early.check();
    }).toThrow();
  });

  it('gives work up when the end comes first, and hands its result or its error on otherwise', async () => {
    const early = new EarlyEnd();
    expect(await early.orStopped(Promise.resolve(7))).toBe(7);
    await expect(early.orStopped(Promise.reject(new Error('work')))).rejects.toThrow('work');
    const never = early.orStopped(new Promise(() => undefined));
    early.set({ how: 'silent' });
    await expect(never).rejects.toBeInstanceOf(Error);
  });
});

describe('TurnClock', () => {
  const clock = (timeout: number, linger: number) => {
    const events: string[] = [];
    return {
      events,
      clock: new TurnClock(
        { timeout, linger },
        { expired: () => events.push('expired'), outstayed: () => events.push('outstayed') },
      ),
    };
  };
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('expires when the turn is not over in time', () => {
    const { clock: one, events } = clock(1_000, 100);
    one.spawned();
    jest.advanceTimersByTime(999);
    one.activity();
    expect(events).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(events).toEqual(['expired']);
  });

  it('counts silence only, once the turn is over', () => {
    const { clock: one, events } = clock(1_000, 100);
    one.spawned();
    one.turnOver();
    for (let round = 0; round < 30; round += 1) {
      jest.advanceTimersByTime(99);
      one.activity();
    }
    expect(events).toEqual([]);
    jest.advanceTimersByTime(100);
    expect(events).toEqual(['outstayed']);
  });

  it.each([0, Infinity])('has no limit with a timeout of %s', (timeout) => {
    const { clock: one } = clock(timeout, 100);
    one.spawned();
    expect(jest.getTimerCount()).toBe(0);
  });

  it('is outstayed at once with a linger of 0', () => {
    const { clock: one, events } = clock(0, 0);
    one.turnOver();
    jest.advanceTimersByTime(1);
    expect(events).toEqual(['outstayed']);
  });

  it('leaves no timer when it is stopped', () => {
    const { clock: one } = clock(1_000, 100);
    one.spawned();
    one.stop();
    one.turnOver();
    one.stop();
    one.activity();
    expect(jest.getTimerCount()).toBe(0);
  });
});

describe('onAbort', () => {
  it('calls each back once, and only until it is called off', () => {
    const controller = new AbortController();
    const [one, two, three] = [jest.fn(), jest.fn(), jest.fn()];
    onAbort(controller.signal, one);
    onAbort(controller.signal, two)();
    controller.abort();
    controller.abort();
    onAbort(controller.signal, three);
    expect([one, two, three].map(({ mock }) => mock.calls.length)).toEqual([1, 0, 1]);
  });
});

describe('predecessors', () => {
  const pending = () => {
    let resolve: () => void = () => undefined;
    const promise = new Promise<void>((settle) => (resolve = settle));
    return { promise, resolve };
  };
  const resume = (session: string | { last: true }) => ({ command: 'resume' as const, prompt: 'x', session });

  it('are the runs that leave a thread, however its id is spelt, until they have settled', async () => {
    const run = pending();
    leaveThread(THREAD.toUpperCase(), run.promise);
    expect(leavingThread(resume(THREAD))).toEqual([run.promise]);
    expect(leavingThread({ command: 'fork', session: THREAD })).toEqual([run.promise]);
    expect(leavingThread(resume(THREAD.replace('0', '1')))).toEqual([]);
    expect(leavingThread({ prompt: 'x' })).toEqual([]);
    expect(leavingThread(resume('a name'))).toEqual([run.promise]);
    expect(leavingThread(resume({ last: true }))).toEqual([run.promise]);
    run.resolve();
    await run.promise;
    await Promise.resolve();
    expect(leavingThread(resume(THREAD))).toEqual([]);
    expect(leavingThread(resume('a name'))).toEqual([]);
  });

  it('are waited for no longer than the limit', async () => {
    await expect(waitFor([new Promise(() => undefined)], 20)).resolves.toBeUndefined();
    await waitFor([], 3_600_000);
    await waitFor([Promise.reject(new Error('whatever')), Promise.resolve()], 3_600_000);
  });

  it('whenIdle() waits for runs that begin while it waits', async () => {
    const [first, second] = [pending(), pending()];
    trackSettling(first.promise);
    let isIdle = false;
    const idle = whenIdle().then(() => (isIdle = true));
    trackSettling(second.promise);
    first.resolve();
    await new Promise((resolve) => setImmediate(resolve));
    expect(isIdle).toBe(false);
    second.resolve();
    await idle;
  });
});

describe('RunRecord', () => {
  const see = (...events: ThreadEvent[]): RunRecord => {
    const record = new RunRecord({ prompt: 'x' });
    for (const event of events) record.see(event);
    return record;
  };

  it('has the turn over by the type of an event alone', () => {
    const drifted = (event_type: string): ThreadEvent => ({
      type: 'malformed',
      event_type,
      line: '',
      line_number: 1,
      error: '',
    });
    expect(see(drifted('turn.completed')).terminal).toEqual({ type: 'completed' });
    expect(see(drifted('turn.failed')).terminal).toMatchObject({ type: 'failed' });
    expect(see(drifted('item.completed')).terminal).toBeUndefined();
    expect(see({ type: 'error', message: 'x' }).isTurnOver()).toBe(false);
  });

  it.each([
    [{ error: { message: 'inner' } }, 'inner'],
    [{ error: 'text' }, 'text'],
    [{ message: 'outer' }, 'outer'],
    [{}, 'The turn failed; the CLI gave no message that is understood here.'],
    [undefined, 'The turn failed; the CLI gave no message that is understood here.'],
  ])('reads the message of a drifted turn.failed: %j', (raw, message) => {
    const event: ThreadEvent = {
      type: 'malformed',
      event_type: 'turn.failed',
      line: '',
      line_number: 1,
      error: '',
      raw,
    };
    expect(see(event).terminal).toEqual({ type: 'failed', message });
  });

  it('has a fork without a prompt over when its thread has started', () => {
    const record = new RunRecord({ command: 'fork', session: THREAD });
    expect(record.isTurnOver()).toBe(false);
    record.see({ type: 'thread.started', thread_id: THREAD });
    expect(record.isTurnOver()).toBe(true);
  });
});

describe('checkSession', () => {
  const now = Date.UTC(2026, 10, 23);
  const id = (at: number): string => {
    const time = at.toString(16).padStart(12, '0');
    return `${time.slice(0, 8)}-${time.slice(8)}-7abc-8def-0123456789ab`;
  };
  const check = (session: string | { last: true }, thread_id: string, onMissing?: 'new') =>
    checkSession({ command: 'resume', prompt: 'x', session, onMissing }, { type: 'thread.started', thread_id }, now);

  it('compares ids, in any spelling', () => {
    const thread = fc.integer({ min: now - 1e11, max: now + 1e11 }).map(id);
    fc.assert(
      fc.property(thread, thread, (asked, started) => {
        const checked = check(asked.toUpperCase(), started);
        expect(checked).toMatchObject(
          asked === started ? { resumed: true } : { code: 'SESSION_NOT_FOUND', startedThreadId: started },
        );
      }),
    );
    expect(check(id(now), id(now))).toMatchObject({ resumed: true });
  });

  it('tells by the time in the id whether a thread that was not named by its id is new', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.constantFrom('a name', { last: true as const }),
        (age, session) => {
          const checked = check(session, id(now - age));
          expect('code' in checked).toBe(age <= 0);
        },
      ),
    );
  });

  it('takes an id that tells no time for an old thread', () => {
    expect(check('a name', 'thread-7')).toMatchObject({ resumed: true });
    expect(check('a name', '9a205c4f-69f5-4682-91b9-0f9fa5d429a7')).toMatchObject({ resumed: true });
  });

  it("accepts a new thread with onMissing: 'new', without calling it resumed", () => {
    expect(check('a name', id(now + 5), 'new')).toEqual({ type: 'thread.started', thread_id: id(now + 5) });
  });
});
