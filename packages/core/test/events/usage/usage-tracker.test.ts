import type { ThreadEvent } from '../../../src/events/events.js';
import { UsageTracker } from '../../../src/events/usage/usage-tracker.js';

const done = (input_tokens: number): ThreadEvent => ({
  type: 'turn.completed',
  usage: { input_tokens, cached_input_tokens: 0, output_tokens: 0 },
  thread_id: 't1',
});

describe('UsageTracker', () => {
  it('reports the usage of each turn', () => {
    const tracker = new UsageTracker();

    expect(tracker.next({ type: 'turn.started', thread_id: 't1' })).toBeUndefined();
    expect(tracker.next(done(10))?.turn?.input_tokens).toBe(10);
    expect(tracker.next(done(25))?.turn?.input_tokens).toBe(15);
  });

  it('starts from a baseline', () => {
    expect(
      UsageTracker.from({ input_tokens: 4, cached_input_tokens: 0, output_tokens: 0 }).next(done(10)),
    ).toMatchObject({
      total: { input_tokens: 10 },
      turn: { input_tokens: 6 },
    });
  });

  it('remembers the thread of events without one', () => {
    const tracker = new UsageTracker();
    tracker.next({ type: 'thread.started', thread_id: 't9' });

    expect(tracker.next({ ...done(1), thread_id: undefined } as unknown as ThreadEvent)?.threadId).toBe('t9');
  });

  it('has copies that are independent of it', () => {
    const tracker = new UsageTracker();
    tracker.next(done(10));
    const copy = tracker.copy();
    tracker.next(done(30));

    expect(copy.next(done(15))?.turn?.input_tokens).toBe(5);
    expect(tracker.next(done(31))?.turn?.input_tokens).toBe(1);
  });
});
