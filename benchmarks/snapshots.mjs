// The cost of a snapshot: processor time per event by the number of items in the snapshot, the same for a plain mutable
// reducer, and memory per kept snapshot.
// Run with `node --expose-gc` (`npm run bench:snapshots`). Exits with 1 above a bound.
import process from 'node:process';
import { emptySnapshot, reduceSnapshot } from '@codex-rx/operators';
import { plainReducer } from './snapshots/plain-reducer.mjs';

const BOUNDS = {
  /** Times the cost of a plain mutable reducer, with the largest number of items. */
  plainRatio: 3,
  /** Times the cost with the smallest number of items. A copy of the list per event would be near 1,000. */
  growth: 3,
  bytesPerSnapshot: 4_096,
};
const SIZES = [100, 1_000, 10_000, 100_000];
const LARGEST = SIZES.at(-1);
const EVENTS_PER_SAMPLE = 600;
const WARM_UP = 50;
const SAMPLES = 200;

/** Returns the events of the n-th item: every fourth item is a message, the others are commands. */
function eventsOf(n) {
  const id = `item_${n}`;
  const context = { thread_id: 't1', turn_id: 'synthetic-turn-1' };
  if (n % 4 === 3)
    return [{ type: 'item.completed', item: { id, type: 'agent_message', text: `Message ${n}` }, ...context }];
  const item = {
    id,
    type: 'command_execution',
    command: 'ls',
    aggregated_output: '',
    exit_code: null,
    status: 'in_progress',
  };
  return [
    { type: 'item.started', item, ...context },
    {
      type: 'item.completed',
      item: { ...item, aggregated_output: `output ${n}\n`, exit_code: 0, status: 'completed' },
      ...context,
    },
  ];
}

function eventsFrom(firstItem, count) {
  const events = [];
  for (let n = firstItem; events.length < count; n++) events.push(...eventsOf(n));
  return events;
}

const snapshotReducer = { initial: () => emptySnapshot, reduce: reduceSnapshot };

function filled({ initial, reduce }, items) {
  let state = reduce(initial(), { type: 'thread.started', thread_id: 't1' });
  state = reduce(state, { type: 'turn.started', thread_id: 't1', turn_id: 'synthetic-turn-1' });
  for (let n = 0; n < items; n++) for (const event of eventsOf(n)) state = reduce(state, event);
  return state;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** A stream of about `size` items. Each sample adds items; the stream starts again at 1.5 times the size. */
function stream(reducer, size) {
  const { reduce } = reducer;
  let state = filled(reducer, size);
  return {
    /** Returns nanoseconds of processor time per event. */
    sample() {
      if (state.items.length > size * 1.5) state = filled(reducer, size);
      const events = eventsFrom(state.items.length, EVENTS_PER_SAMPLE);
      const before = process.cpuUsage();
      for (const event of events) state = reduce(state, event);
      const { user, system } = process.cpuUsage(before);
      return ((user + system) * 1_000) / events.length;
    },
  };
}

/** Samples all streams in turn, so that load on the machine affects every stream. Returns the median of each. */
function timesPerEvent(streams) {
  const times = streams.map(() => []);
  for (let sample = 0; sample < WARM_UP + SAMPLES; sample++) {
    for (const [i, each] of streams.entries()) {
      const time = each.sample();
      if (sample >= WARM_UP) times[i].push(time);
    }
  }
  return times.map(median);
}

/** Returns the bytes per snapshot if the snapshots after all events are kept. */
function bytesPerKept(count) {
  const events = eventsFrom(0, count);
  const kept = [];
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  let snapshot = filled(snapshotReducer, 0);
  for (const event of events) kept.push((snapshot = reduceSnapshot(snapshot, event)));
  globalThis.gc?.();
  return (process.memoryUsage().heapUsed - before) / kept.length;
}

const times = timesPerEvent([...SIZES.map((size) => stream(snapshotReducer, size)), stream(plainReducer, LARGEST)]);
const plain = times.pop();
const last = times.at(-1);
const bytes = [1_000, 10_000, 100_000].map((count) => [count, bytesPerKept(count)]);
const plainRatio = last / plain;
const growth = last / times[0];

const microseconds = (nanoseconds) => `${(nanoseconds / 1_000).toFixed(2).padStart(6)} µs per event`;
const items = (size) => `${size.toLocaleString('en').padStart(7)} items`;
for (const [i, size] of SIZES.entries()) console.log(`snapshot,      ${items(size)}: ${microseconds(times[i])}`);
console.log(`plain reducer, ${items(LARGEST)}: ${microseconds(plain)}`);
for (const [count, each] of bytes)
  console.log(`${count.toLocaleString('en').padStart(7)} kept snapshots: ${each.toFixed(0).padStart(5)} bytes each`);
console.log(`${items(LARGEST)}, to a plain reducer: ${plainRatio.toFixed(2)} (bound ${BOUNDS.plainRatio})`);
console.log(`${items(LARGEST)}, to ${SIZES[0]} items: ${growth.toFixed(2)} (bound ${BOUNDS.growth})`);

const isTooLarge = bytes.some(([, each]) => each > BOUNDS.bytesPerSnapshot);
if (plainRatio > BOUNDS.plainRatio || growth > BOUNDS.growth || isTooLarge) {
  console.error('Above a bound.');
  process.exitCode = 1;
}
