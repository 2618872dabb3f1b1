// A program of its own: in the heap of a test runner, others come and go.
import { emptySnapshot, reduceSnapshot, type ThreadEvent, type ThreadSnapshot } from '@codex-rx/core/events';
import {
  command,
  completed,
  message,
  notice,
  patch,
  started,
  textDelta,
  threadStarted,
  turnCompleted,
  turnStarted,
} from '../../support/events.js';

const { gc: collect } = globalThis;

function heap(): number {
  // The first call finalizes objects, and the second call frees them.
  collect?.();
  collect?.();
  return process.memoryUsage().heapUsed;
}

/** Returns the nth event of an endless stream. */
type Stream = (n: number) => ThreadEvent;

const streams: Record<string, Stream> = {
  messages: (n) => completed(message(`item_${String(n)}`, 'ok'), 'u0'),
  'commands that start and end': (n) => {
    const id = `item_${String(n >> 1)}`;
    return n % 2 === 0 ? started(command(id), 'u0') : completed(command(id, { status: 'completed' }), 'u0');
  },
  patches: (n) => completed(patch(`item_${String(n)}`, [['update', `/${String(n)}`]]), 'u0'),
  notices: () => notice('again'),
  // In one turn, of one item: what is looked at is how long the text is, not the text, which each would have for
  // itself.
  'pieces of a message': (n) => textDelta('item_0', `${String(n)} `, 'u0'),
  'items and turns': (n) => {
    const turn_id = `u${String(1 + Math.trunc(n / 3))}`;
    const events = [
      turnStarted(turn_id),
      completed(message('item_0', 'ok'), turn_id),
      turnCompleted(undefined, turn_id),
    ];
    return events[n % 3] ?? notice();
  },
};

/** A look at all lists, which has them settled: they share what they can, or they do not. */
function look(snapshot: ThreadSnapshot): void {
  const { items, commands, messages, files, turns, notices } = snapshot;
  for (const list of [items, commands, messages, files, turns, notices]) list.at(-1);
  turns.at(-1)?.items.at(-1);
}

/** Returns the bytes per snapshot for `count` kept snapshots of a stream. */
function bytesEach(count: number, stream: Stream, isLookedAt: boolean): number {
  let snapshot = [threadStarted(), turnStarted('u0')].reduce(reduceSnapshot, emptySnapshot);
  const held: ThreadSnapshot[] = [];
  const before = heap();
  for (let n = 0; n < count; n++) {
    snapshot = reduceSnapshot(snapshot, stream(n));
    if (isLookedAt) look(snapshot);
    held.push(snapshot);
  }
  const bytes = heap() - before;
  // They are held till here.
  return bytes / held.length;
}

/** Of each case, the bytes for each snapshot of a few and of many. */
const report = Object.entries(streams).flatMap(([name, stream]) =>
  [true, false].map((isLookedAt) => {
    // The first time, code is compiled.
    bytesEach(2_000, stream, isLookedAt);
    const [few, many] = [2_000, 8_000].map((count) => bytesEach(count, stream, isLookedAt));
    return { name, isLookedAt, few, many };
  }),
);
process.stdout.write(JSON.stringify(report));
