import { emptySnapshot, reduceSnapshot, type ThreadEvent } from '@codex-rx/core/events';
import fc from 'fast-check';
import { MainThread } from '../../src/thread/main-thread.js';
import {
  completed,
  malformed,
  message,
  spawn,
  started,
  threadStarted,
  turnCompleted,
  turnStarted,
  updated,
} from '../support/events.js';

const steps = [
  'start',
  'restart',
  'resume',
  'turn',
  'call',
  'update',
  'answer',
  'fail',
  'end',
  'drift',
  'late update',
  'call of another',
  'end of another',
] as const;

/**
 * Creates a log as the CLI writes it, with runs appended: each thread and each call is new, and belongs to the current
 * `main` thread.
 */
function logOf(script: readonly (typeof steps)[number][]): ThreadEvent[] {
  let main = emptySnapshot;
  let count = 0;
  let calls: string[] = [];
  let answered: string | undefined;
  return (['start', ...script] as const).map((step) => {
    const thread_id = main.threadId ?? 't0';
    const own = [...main.turns].filter((turn) => turn.threadId === thread_id).at(-1);
    const isOpen = own?.status === 'in_progress';
    const turn_id = isOpen ? own.turnId : undefined;
    count++;
    const call = calls.at(-1);
    const other = () => completed(message(`item_${String(count)}`), turn_id, thread_id);
    const made: Record<typeof step, () => ThreadEvent> = {
      start: () => threadStarted(`t${String(count)}`),
      restart: () => threadStarted(thread_id),
      resume: () => threadStarted(`t${String(count)}`, { resumed: true }),
      turn: () => (isOpen ? other() : turnStarted(`u${String(main.turns.length + 1)}`, thread_id)),
      call: () => {
        if (!isOpen) return other();
        calls.push(`item_${String(count)}`);
        return started(spawn(`item_${String(count)}`), turn_id, thread_id);
      },
      update: () => (call === undefined ? other() : updated(spawn(call), turn_id, thread_id)),
      answer: () => {
        answered = calls.pop();
        if (answered === undefined) return other();
        return completed({ ...spawn(answered), status: 'completed' }, turn_id, thread_id);
      },
      fail: () => ({
        type: 'item.failed',
        item_id: calls.pop() ?? 'unknown',
        error: { message: 'no agent' },
        thread_id,
        ...(turn_id !== undefined && { turn_id }),
      }),
      end: () => turnCompleted(undefined, turn_id, thread_id),
      drift: () => malformed('turn.failed', thread_id),
      'late update': () => (answered === undefined ? other() : updated(spawn(answered), turn_id, thread_id)),
      'call of another': () => started(spawn('item_0'), 'u1', 'another'),
      'end of another': () => turnCompleted(undefined, 'u1', 'another'),
    };
    const event = made[step]();
    main = reduceSnapshot(main, event);
    if (main.status !== 'in_progress') [calls, answered] = [[], undefined];
    return event;
  });
}

/** Those that lead somewhere come more often. */
const arbitraryScript = fc.array(
  fc.constantFrom(...steps, 'turn' as const, 'turn' as const, 'call' as const, 'start' as const),
  {
    maxLength: 30,
  },
);

/** The main thread after each event of a log. */
function mainOf(log: readonly ThreadEvent[]): string[] {
  const main = new MainThread();
  const threads = new Set(log.flatMap(({ thread_id }) => thread_id ?? []));
  return log.map((event) => {
    main.next(event);
    return [...threads].filter((thread_id) => main.has({ thread_id })).join();
  });
}

describe('the main thread', () => {
  it('is the one of the snapshot', () => {
    fc.assert(
      fc.property(arbitraryScript, (script) => {
        const log = logOf(script);
        let snapshot = emptySnapshot;
        const expected = log.map((event) => {
          snapshot = reduceSnapshot(snapshot, event);
          return snapshot.threadId;
        });
        expect(mainOf(log)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    [['turn', 'call', 'start'], 't1'],
    [['turn', 'call', 'end of another', 'start'], 't1'],
  ] as const)('stays while it calls for a sub-agent: %p', (script, expected) => {
    expect(mainOf(logOf(script)).at(-1)).toBe(expected);
  });

  it.each([
    [['turn', 'start']],
    [['turn', 'call', 'resume']],
    [['turn', 'call', 'answer', 'start']],
    [['turn', 'call', 'answer', 'late update', 'start']],
    [['turn', 'call', 'fail', 'start']],
    [['turn', 'call', 'end', 'start']],
    [['turn', 'call', 'drift', 'start']],
    [['turn', 'call', 'restart', 'start']],
    [['turn', 'call of another', 'start']],
  ] as const)('is the one that starts else: %p', (script) => {
    const log = logOf(script);
    expect(mainOf(log).at(-1)).toBe(log.at(-1)?.thread_id);
  });
});
