import { devNull } from 'node:os';
import { Writable } from 'node:stream';
import { setImmediate as settled } from 'node:timers/promises';
import { TurnFailedError } from '@codex-rx/core/errors';
import type { ThreadEvent } from '@codex-rx/core/events';
import fc from 'fast-check';
import { defer, fromEvent, map, Observable, type OperatorFunction, pipe, Subject, takeUntil } from 'rxjs';
import * as operators from '../../src/index.js';
import { arbitraryEvents } from '../support/arbitrary-events.js';
import { threadStarted, turnStarted } from '../support/events.js';
import { failure } from '../support/failures.js';

/** Resources that an operator may keep, other than its source. */
interface Surroundings {
  /** A stream that stays open. */
  readonly live$: Observable<ThreadEvent>;
  /** Listed is what they give once the consumer has left. */
  readonly remains: (() => readonly unknown[])[];
}
type Setup = (surroundings: Surroundings) => OperatorFunction<ThreadEvent, unknown>;

/** Those that end with their source. */
const brief: Record<string, Setup> = {
  agentMessages: () => operators.agentMessages(),
  commands: () => operators.commands(),
  fileChanges: () => operators.fileChanges(),
  finalMessage: () => operators.finalMessage(),
  finalOutput: () => operators.finalOutput((value) => value),
  itemSnapshots: () => operators.itemSnapshots(),
  notices: () => operators.notices(),
  ofItem: () => operators.ofItem(),
  ofType: () => operators.ofType('error'),
  shareRun: () => operators.shareRun(),
  snapshotPatches: () => pipe(operators.snapshots(), operators.snapshotPatches()),
  snapshots: () => operators.snapshots(),
  teeLines: () => teed(devNull),
  textDeltas: () => operators.textDeltas(),
  toAsyncIterable: () => iterated,
  todos: () => operators.todos(),
  turnResult: () => operators.turnResult(),
  turns: () => operators.turns(),
  takeUntilTurnEnd: () => operators.takeUntilTurnEnd(),
  usage: () => operators.usage(),
  withLatestSnapshot: () => operators.withLatestSnapshot(),
  'teeLines to a Writable': ({ remains }) => {
    const writable = new Writable({
      write: (_chunk, _encoding, done) => {
        done();
      },
    });
    remains.push(() => writable.eventNames());
    return teed(writable);
  },
};

/** Operators that may continue after their source, with another stream or with buffered values. */
const lasting = {
  hotSwap: ({ live$ }) => operators.hotSwap(() => live$),
  'hotSwap with streams that heed their signal': ({ live$ }) =>
    operators.hotSwap((_: ThreadEvent, { signal }) => live$.pipe(takeUntil(fromEvent(signal, 'abort')))),
  idleTimeout: ({ live$ }) => operators.idleTimeout({ each: 100, with: () => live$ }),
  resumeOnFailure: ({ live$ }) => operators.resumeOnFailure({ delay: 50, resume: () => live$ }),
  'teeLines to a Writable that is full': ({ remains }) => {
    const waiting: (() => void)[] = [];
    const writable = new Writable({ highWaterMark: 1, write: (_chunk, _encoding, done) => waiting.push(done) });
    remains.push(() => {
      const names = writable.eventNames();
      while (waiting.length > 0) waiting.shift()?.();
      return names;
    });
    return teed(writable);
  },
} satisfies Record<string, Setup>;

function teed(target: string | Writable): OperatorFunction<ThreadEvent, unknown> {
  return (source$) =>
    source$.pipe(
      map((event) => JSON.stringify(event)),
      operators.teeLines(target, { mkdir: false }),
    );
}

/** As whoever iterates sees it. */
function iterated(source$: Observable<ThreadEvent>): Observable<ThreadEvent> {
  return new Observable((subscriber) => {
    const values = operators.toAsyncIterable(() => source$);
    const iterate = async (): Promise<void> => {
      for await (const value of values) subscriber.next(value);
      subscriber.complete();
    };
    iterate().catch((error: unknown) => {
      subscriber.error(error);
    });
    return () => void values.return();
  });
}

const dropped = new TurnFailedError('stream disconnected', failure('disconnected'));

type Ending = 'none' | 'complete' | 'error';
type Case = readonly [events: ThreadEvent[], ending: Ending, wait: number];
const arbitraryCase = fc.tuple(
  arbitraryEvents,
  fc.constantFrom<Ending>('none', 'complete', 'error'),
  fc.constantFrom(0, 10, 60, 500),
);
const begun = [threadStarted('t1'), turnStarted('u1')];
/** In each of these, at least one of those that subscribe to another stream has done so when the consumer leaves. */
const examples: Case[][] = (['none', 'complete', 'error'] as const).map((ending) => [[begun, ending, 500]]);

/** Returns the remaining resources of a case before the subscriber unsubscribes, and after. */
async function leftBehind(setup: Setup, [events, ending, wait]: Case) {
  const source$ = new Subject<ThreadEvent>();
  const inner$ = new Subject<ThreadEvent>();
  const remains: Surroundings['remains'] = [];
  let opened = 0;
  const live$ = defer(() => (opened++, inner$));
  const subscription = source$.pipe(setup({ live$, remains })).subscribe({ error: () => undefined });
  const seen = () => ({
    source: source$.observed,
    inner: inner$.observed,
    timers: jest.getTimerCount(),
    open: !subscription.closed,
  });
  for (const event of events) source$.next(event);
  if (ending === 'complete') source$.complete();
  else if (ending === 'error') source$.error(dropped);
  jest.advanceTimersByTime(wait);
  if (wait > 0) await settled();
  const before = seen();
  subscription.unsubscribe();
  const listeners = remains.flatMap((remain) => remain());
  // A pending write may still fail: the error listener stays until the write has ended.
  const after = { ...seen(), remains: listeners.filter((name) => name !== 'error') };
  await settled();
  return { before, after, later: remains.flatMap((remain) => remain()), opened };
}

const nothing = { source: false, inner: false, timers: 0, open: false };

describe('operators, whatever comes in whatever order', () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('are all in these lists', () => {
    const functions = Object.entries(operators).filter(([, value]) => typeof value === 'function');
    const names = functions
      .map(([name]) => name)
      .filter((name) => !['IdleTimeoutError', 'reduceSnapshot', 'shellCommand'].includes(name));
    const listed = Object.keys({ ...brief, ...lasting }).filter((name) => !name.includes(' '));
    expect(listed.sort()).toEqual(names.sort());
  });

  it.each(Object.entries({ ...brief, ...lasting }))('%s leaves nothing behind when it is left', async (_, setup) => {
    await fc.assert(
      fc.asyncProperty(arbitraryCase, async (each) => {
        const { after, later } = await leftBehind(setup, each);
        expect(after).toEqual({ ...nothing, remains: [] });
        expect(later).toEqual([]);
      }),
      { numRuns: 30, examples },
    );
  });

  it.each(Object.entries(brief))('%s leaves nothing behind when its source has ended', async (_, setup) => {
    await fc.assert(
      fc.asyncProperty(arbitraryCase, async ([events, ending, wait]) => {
        const ended = ending === 'none' ? 'complete' : ending;
        const { before } = await leftBehind(setup, [events, ended, Math.max(wait, 1)]);
        expect(before).toEqual(nothing);
      }),
      { numRuns: 30 },
    );
  });

  it.each<[keyof typeof lasting, Ending, object]>([
    ['hotSwap', 'complete', { inner: true, timers: 0 }],
    ['idleTimeout', 'none', { inner: true, timers: 0 }],
    ['idleTimeout', 'error', { inner: false, timers: 0 }],
    ['resumeOnFailure', 'error', { inner: true, timers: 0 }],
  ])('%s: the law is put to the test when its source ends with %s', async (name, ending, holds) => {
    const { before } = await leftBehind(lasting[name], [begun, ending, 500]);
    expect(before).toMatchObject({ source: false, ...holds });
  });

  it.each(['idleTimeout', 'resumeOnFailure'] as const)('%s has a timer running when it is left early', async (name) => {
    const ending = name === 'idleTimeout' ? 'none' : 'error';
    const { before } = await leftBehind(lasting[name], [begun, ending, 10]);
    expect(before.timers).toBe(1);
  });
});
