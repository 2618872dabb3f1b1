import type { ThreadEvent, Usage } from '../../../src/events/events.js';
import { followUsage, type UsageReport, usageState } from '../../../src/events/usage/follow-usage.js';

/** Tokens of each kind: all counts differ, so that no count can stand for another. */
const tokens = (turns: number, more: Partial<Usage> = {}): Usage => ({
  input_tokens: 100 * turns,
  cached_input_tokens: 40 * turns,
  output_tokens: 30 * turns,
  reasoning_output_tokens: 5 * turns,
  cache_write_input_tokens: 2 * turns,
  ...more,
});
const old = (turns: number): Usage => ({
  input_tokens: 100 * turns,
  cached_input_tokens: 40 * turns,
  output_tokens: 30 * turns,
});

const started = (more: object = {}): ThreadEvent => ({ type: 'thread.started', thread_id: 't1', ...more });
const turn = (turn_id = 'u1', thread_id = 't1'): ThreadEvent => ({ type: 'turn.started', turn_id, thread_id });
const done = (usage: Usage, thread_id = 't1'): ThreadEvent => ({ type: 'turn.completed', usage, thread_id });
const failed: ThreadEvent = { type: 'turn.failed', error: { message: 'no' }, thread_id: 't1' };

function reports(events: readonly ThreadEvent[], baseline?: Usage): UsageReport[] {
  let state = usageState(baseline);
  return events.flatMap((event) => {
    const [next, report] = followUsage(state, event);
    state = next;
    return report === undefined ? [] : [report];
  });
}
const turns = (events: readonly ThreadEvent[], baseline?: Usage): unknown[] =>
  reports(events, baseline).map((report) => report.turn);
const totals = (events: readonly ThreadEvent[], baseline?: Usage): unknown[] =>
  reports(events, baseline).map((report) => report.total);

describe('followUsage', () => {
  it('subtracts every count of the thread, reasoning and cache writes included', () => {
    const events = [started(), turn(), done(tokens(1)), turn('u2'), done(tokens(3))];

    expect(turns(events)).toEqual([tokens(1), tokens(2)]);
    expect(totals(events)).toEqual([tokens(1), tokens(3)]);
  });

  it('adds every count of processes that count for themselves', () => {
    const events = [
      started(),
      done(tokens(3)),
      started(),
      done(tokens(1)),
      done(tokens(2)),
      started(),
      done(tokens(2)),
    ];

    expect(turns(events)).toEqual([tokens(3), tokens(1), tokens(1), tokens(2)]);
    expect(totals(events)).toEqual([tokens(3), tokens(4), tokens(5), tokens(7)]);
  });

  it('keeps reasoning tokens of a thread that continues in a CLI which does not report them', () => {
    const events = [started(), done(tokens(3)), started(), done(old(1))];

    expect(reports(events).at(-1)).toMatchObject({
      total: { input_tokens: 400, reasoning_output_tokens: 15, cache_write_input_tokens: 6 },
      turn: old(1),
    });
    expect(reports(events).at(-1)?.turn).toEqual(old(1));
  });

  it('adds reasoning tokens to a thread that began in a CLI which does not report them', () => {
    expect(totals([started(), done(old(3)), started(), done(tokens(1))])).toEqual([
      old(3),
      { ...old(4), reasoning_output_tokens: 5, cache_write_input_tokens: 2 },
    ]);
    expect(turns([started(), done(old(1)), done(tokens(2))])[1]).toEqual({
      ...old(1),
      reasoning_output_tokens: 10,
      cache_write_input_tokens: 4,
    });
  });

  it('does not invent counts that no CLI reported', () => {
    const events = [started(), done(old(3)), started(), done(old(1)), done(old(2))];

    expect(totals(events)).toEqual([old(3), old(4), old(5)]);
    expect(turns(events)).toEqual([old(3), old(1), old(1)]);
  });

  it('notices a count that shrinks, whichever it is', () => {
    for (const field of ['cached_input_tokens', 'reasoning_output_tokens', 'cache_write_input_tokens'] as const) {
      const events = [started(), done(tokens(2)), done(tokens(3, { [field]: 1 }))];
      expect(turns(events)[1]).toEqual(tokens(3, { [field]: 1 }));
    }
  });

  it('starts again in a process whose counts shrink within a process that counts for itself', () => {
    const events = [started(), done(tokens(5)), started(), done(tokens(2)), done(tokens(1))];

    expect(turns(events)).toEqual([tokens(5), tokens(2), tokens(1)]);
    expect(totals(events)).toEqual([tokens(5), tokens(7), tokens(8)]);
  });

  it('reports no tokens of a turn after one without usage, in whichever way it ended', () => {
    const cut = [turn('u2'), turn('u3')];
    const malformed: ThreadEvent = {
      type: 'malformed',
      event_type: 'turn.completed',
      line: '',
      line_number: 1,
      error: '',
      thread_id: 't1',
    };
    const without: ThreadEvent = { type: 'turn.completed', thread_id: 't1' };
    for (const events of [[failed], cut, [malformed], [without], [turn('u2'), failed, turn('u3')]])
      expect(turns([started(), done(tokens(1)), ...events, done(tokens(3)), done(tokens(4))])).toEqual([
        tokens(1),
        undefined,
        tokens(1),
      ]);
  });

  it.each<[name: string, event: ThreadEvent]>([
    ['a failed turn', failed],
    ['a turn without usage', { type: 'turn.completed', thread_id: 't1' }],
  ])('knows that %s is over, and does not count it as cut off by the next', (_name, event) => {
    const events = [started(), turn('u1'), event, done(tokens(2)), turn('u1'), turn('u2'), done(tokens(5))];

    expect(turns(events)).toEqual([undefined, undefined]);
    expect(turns([started(), turn('u1'), event, done(tokens(2)), started(), done(tokens(3))])).toEqual([
      undefined,
      tokens(1),
    ]);
  });

  it('reports nothing for other events, and takes them for no end', () => {
    const item: ThreadEvent = {
      type: 'item.completed',
      item: { id: 'i', type: 'agent_message', text: 'x' },
      thread_id: 't1',
    };
    const notice: ThreadEvent = { type: 'error', message: 'Reconnecting... 1/5', thread_id: 't1' };

    expect(turns([started(), turn(), item, notice, done(tokens(1)), item, done(tokens(2))])).toEqual([
      tokens(1),
      tokens(1),
    ]);
  });

  it('applies the baseline to the first thread only', () => {
    const events = [started(), done(tokens(3)), { ...started(), thread_id: 't2' }, done(tokens(1), 't2')];

    expect(turns(events, tokens(1))).toEqual([tokens(2), tokens(1)]);
    expect(
      turns([turn('u1', 't9'), done(tokens(3), 't9'), turn('u2', 't8'), done(tokens(4), 't8')], tokens(1)),
    ).toEqual([tokens(2), tokens(4)]);
  });

  it('starts after the inherited turns of a fork, and does not report them', () => {
    const inherited = { ...done(tokens(2)), inherited: true } as ThreadEvent;
    const events = [started({ forked_from: 't0' }), turn('u0'), inherited, turn('u1'), done(tokens(5))];

    expect(turns(events)).toEqual([tokens(3)]);
  });

  it('accepts the end of a turn of which nothing is known', () => {
    expect(turns([failed, done(tokens(2)), done(tokens(3))])).toEqual([undefined, tokens(1)]);
    expect(turns([{ type: 'turn.completed' }, done(tokens(2))])).toEqual([tokens(2)]);
    expect(reports([done(tokens(2))])).toEqual([{ threadId: 't1', total: tokens(2), turn: tokens(2) }]);
  });
});
