import type { ThreadEvent, Usage } from '@codex-rx/core/events';
import { from } from 'rxjs';
import { usage } from '../../src/operators/usage.js';
import { malformed, threadStarted, turnCompleted, turnFailed, turnStarted, usageOf } from '../support/events.js';
import { behavesAsAnOperator, marbles } from '../support/operator-checklist.js';

const done = (tokens: number) => turnCompleted(usageOf(tokens));

/** `[total, turn]` input tokens of each report. */
function read(events: readonly ThreadEvent[], baseline?: Usage): unknown[] {
  const reports: unknown[] = [];
  from(events)
    .pipe(usage({ baseline }))
    .subscribe(({ total, turn }) => reports.push([total.input_tokens, turn?.input_tokens]));
  return reports;
}

describe('usage', () => {
  behavesAsAnOperator({ operator: () => usage(), sample: [done(1), done(2)] });

  it('emits the total of the thread and the figures of the turn at the end of each turn', () => {
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('tud-ue|', {
        t: threadStarted('t1'),
        u: turnStarted('u1'),
        d: done(10),
        e: turnCompleted(usageOf(25), 'u2', 't1'),
      });
      expectObservable(source$.pipe(usage())).toBe('--d--e|', {
        d: { threadId: 't1', total: usageOf(10), turn: usageOf(10) },
        e: { threadId: 't1', turnId: 'u2', total: usageOf(25), turn: usageOf(15) },
      });
      expectSubscriptions(source$.subscriptions).toBe('^-----!');
    });
  });

  it('counts the inherited turns of a fork only in their own thread', () => {
    const inherited = (event: ThreadEvent) => ({ ...event, inherited: true });
    const events = [
      threadStarted('t2', { forked_from: 't1' }),
      inherited(done(120)),
      inherited(done(240)),
      turnStarted('u3', 't2'),
      done(480),
    ];
    expect(read(events)).toEqual([[480, 240]]);
  });

  it('does not guess the first turn of a resumed thread without a baseline', () => {
    const events = [threadStarted('t1', { resumed: true }), done(240), done(300)];
    expect(read(events)).toEqual([
      [240, undefined],
      [300, 60],
    ]);
    expect(read(events, usageOf(120))).toEqual([
      [240, 120],
      [300, 60],
    ]);
  });

  it('knows the figures of a thread that is resumed in the same stream', () => {
    expect(read([threadStarted(), done(120), threadStarted('t1', { resumed: true }), done(240)])).toEqual([
      [120, 120],
      [240, 120],
    ]);
  });

  it('does not guess the turn after one that failed or was cut off', () => {
    expect(read([threadStarted(), done(1), turnFailed(), done(9), done(10)])).toEqual([
      [1, 1],
      [9, undefined],
      [10, 1],
    ]);
    expect(read([threadStarted(), turnStarted(), threadStarted('t1', { attempt: 1 }), done(9)])).toEqual([
      [9, undefined],
    ]);
    expect(read([threadStarted(), turnCompleted(), done(9)])).toEqual([[9, undefined]]);
    const drifted = malformed('turn.completed', 't1');
    expect(read([threadStarted(), turnStarted('u1'), drifted, turnStarted('u2'), done(9)])).toEqual([[9, undefined]]);
  });

  it('takes a turn that another one follows for cut off, but not the turn of a sub-agent that leaks in', () => {
    const next = [
      turnCompleted(usageOf(9), 'u2', 't1'),
      turnStarted('u3', 't1'),
      turnCompleted(usageOf(10), 'u3', 't1'),
    ];
    expect(read([threadStarted('t1'), turnStarted('u1', 't1'), turnStarted('u2', 't1'), ...next])).toEqual([
      [9, undefined],
      [10, 1],
    ]);
    expect(read([threadStarted('t1'), turnStarted('u2', 't1'), turnStarted('u2', 't1'), ...next])).toEqual([
      [9, 9],
      [10, 1],
    ]);
    expect(
      read([threadStarted(), turnStarted('synthetic-turn-1'), turnStarted('synthetic-turn-2'), turnStarted(), done(9)]),
    ).toEqual([[9, 9]]);
  });

  it('begins a fork with the figures of its origin', () => {
    const forked = threadStarted('t2', { forked_from: 't1' });
    expect(read([threadStarted('t1'), done(5), forked, done(8)])).toEqual([
      [5, 5],
      [8, 3],
    ]);
    expect(read([forked, done(8)])).toEqual([[8, undefined]]);
  });

  it('adds figures up that are those of the process: they shrink', () => {
    expect(read([threadStarted(), done(120), threadStarted(), done(80), threadStarted(), done(300)])).toEqual([
      [120, 120],
      [200, 80],
      [500, 300],
    ]);
  });

  it('adds figures up that another process tells again as they were: no turn is for nothing', () => {
    const resumed = threadStarted('t1', { resumed: true });
    expect(read([threadStarted(), done(120), resumed, done(120), resumed, done(130)])).toEqual([
      [120, 120],
      [240, 120],
      [370, 130],
    ]);
    expect(read([resumed, done(120)], usageOf(120))).toEqual([[240, 120]]);
    expect(read([threadStarted(), done(120), done(120)])).toEqual([
      [120, 120],
      [120, 0],
    ]);
    expect(read([threadStarted(), done(0), resumed, done(0), resumed, done(9)])).toEqual([
      [0, 0],
      [0, 0],
      [9, 9],
    ]);
  });

  it('takes zeros for no figures once there were some', () => {
    expect(read([threadStarted(), done(5), done(0), done(9)])).toEqual([
      [5, 5],
      [5, undefined],
      [9, undefined],
    ]);
    expect(read([threadStarted(), done(0)])).toEqual([[0, 0]]);
  });

  it('takes zeros for no figures where there is something that it does not know', () => {
    expect(read([threadStarted('t1', { resumed: true }), done(0), done(300), done(310)])).toEqual([
      [0, undefined],
      [300, undefined],
      [310, 10],
    ]);
    expect(read([threadStarted(), done(0), turnFailed(), done(0), done(9)])).toEqual([
      [0, 0],
      [0, undefined],
      [9, undefined],
    ]);
  });

  it('does not guess the turn after one that failed in a process that counts for itself', () => {
    const events = [
      threadStarted(),
      done(120),
      threadStarted(),
      done(80),
      turnFailed(),
      done(100),
      done(101),
      threadStarted(),
      done(7),
    ];
    expect(read(events)).toEqual([
      [120, 120],
      [200, 80],
      [220, undefined],
      [221, 1],
      [228, 7],
    ]);
  });

  it('counts threads one by one', () => {
    const events = [
      threadStarted('t1'),
      turnStarted('u1', 't1'),
      threadStarted('t2'),
      turnCompleted(usageOf(3), 'u2', 't2'),
      turnCompleted(usageOf(10), 'u1', 't1'),
    ];
    expect(read(events)).toEqual([
      [3, 3],
      [10, 10],
    ]);
  });

  it('counts figures that only later versions tell', () => {
    const later = { ...usageOf(30), reasoning_output_tokens: 4, cache_write_input_tokens: 2 };
    const reports: unknown[] = [];
    from([done(10), turnCompleted(later)])
      .pipe(usage())
      .subscribe(({ turn }) => reports.push(turn));
    expect(reports).toEqual([usageOf(10), { ...usageOf(20), reasoning_output_tokens: 4, cache_write_input_tokens: 2 }]);
  });

  it('emits nothing for turns without figures', () => {
    expect(read([threadStarted(), turnStarted(), turnCompleted()])).toEqual([]);
  });
});
