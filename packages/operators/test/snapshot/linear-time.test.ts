import type { ThreadEvent } from '@codex-rx/core/events';
import { from, lastValueFrom, type OperatorFunction } from 'rxjs';
import { snapshots } from '../../src/operators/snapshots.js';
import { turns } from '../../src/operators/turns.js';
import { usage } from '../../src/operators/usage.js';
import { completed, message, started, threadStarted, turnCompleted, turnStarted, usageOf } from '../support/events.js';

type Stream = (n: number) => readonly ThreadEvent[];

const spawn = (id: string) =>
  ({
    id,
    type: 'collab_tool_call',
    tool: 'spawn_agent',
    sender_thread_id: 't0',
    receiver_thread_ids: [],
    agents_states: {},
    status: 'in_progress',
  }) as const;

const STREAMS: Readonly<Record<string, Stream>> = {
  threads: (n) => [threadStarted(`t${String(n)}`)],
  'threads with a turn': (n) => {
    const [thread, turn] = [`t${String(n)}`, `u${String(n)}`];
    return [threadStarted(thread), turnStarted(turn, thread), turnCompleted(usageOf(n), turn, thread)];
  },
  'sub-agents of a turn with many items': (n) => [
    ...(n === 0 ? [threadStarted('t0'), turnStarted('u0', 't0'), started(spawn('call'), 'u0', 't0')] : []),
    completed(message(`item_${String(n)}`), 'u0', 't0'),
    threadStarted(`t${String(n + 1)}`),
  ],
  'one item in many turns in progress': (n) => [
    ...(n === 0 ? [threadStarted('t0')] : []),
    completed(message('item_0'), `u${String(n)}`, 't0'),
  ],
  'one item in many threads': (n) => {
    const half = n >> 1;
    return [
      started(spawn('item_0'), `u${String(n)}`, `t${String(n)}`),
      completed(message('item_0'), `u${String(half)}`, `t${String(half)}`),
    ];
  },
  'one turn in many threads': (n) => {
    const half = `t${String(n >> 1)}`;
    return [turnStarted('u0', `t${String(n)}`), turnStarted(`u${String(n)}`, half), turnStarted('u0', half)];
  },
  'one item outside of turns in many threads': (n) => [
    completed(message('item_0'), undefined, `t${String(n)}`),
    completed(message('item_0'), undefined, `t${String(n >> 1)}`),
  ],
  'turns with items': (n) => {
    const turn = `u${String(n)}`;
    return [turnStarted(turn), completed(message('item_0'), turn), turnCompleted(usageOf(n), turn)];
  },
};

const OPERATORS: Readonly<Record<string, () => OperatorFunction<ThreadEvent, unknown>>> = { snapshots, turns, usage };

const FEW = 500;
const MANY = 16 * FEW;

/** Returns milliseconds of processor time. */
async function measure(operator: () => OperatorFunction<ThreadEvent, unknown>, events: readonly ThreadEvent[]) {
  const before = process.cpuUsage();
  const reduced$ = from(events).pipe(operator());
  await lastValueFrom(reduced$, { defaultValue: undefined });
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

const eventsOf = (stream: Stream, count: number): ThreadEvent[] =>
  Array.from({ length: count }, (_, n) => stream(n)).flat();

describe.each(Object.entries(OPERATORS))('%s()', (_, operator) => {
  it.each(Object.entries(STREAMS))('takes linear time for %s', async (__, stream) => {
    const few = eventsOf(stream, FEW);
    // The first measurements include compilation.
    for (let round = 0; round < 3; round++) await measure(operator, few);
    const fewTime = await measure(operator, few);
    const manyTime = await measure(operator, eventsOf(stream, MANY));
    // Quadratic time would be 256 times as much. Short measurements vary with the load of the machine.
    expect(manyTime).toBeLessThan(100 * Math.max(fewTime, 10));
  });
});
