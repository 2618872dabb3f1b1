// What a snapshot costs: time per event by how much the snapshot already holds, and memory per snapshot that is kept.
// Run with `node --expose-gc` (npm run bench:snapshots). Exits with 1 if a bound is broken.
import { emptySnapshot, reduceSnapshot } from '@codex-rx/operators';

const bounds = { ratio: 1.5, bytesPerSnapshot: 4_096 };
const eventsPerSample = 600;
const warmUp = 50;
const samples = 200;

/** The events of the n-th item: every fourth is a message, the others are commands. */
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

function filled(items) {
  let snapshot = reduceSnapshot(emptySnapshot, { type: 'thread.started', thread_id: 't1' });
  snapshot = reduceSnapshot(snapshot, { type: 'turn.started', thread_id: 't1', turn_id: 'synthetic-turn-1' });
  for (let n = 0; n < items; n++) for (const event of eventsOf(n)) snapshot = reduceSnapshot(snapshot, event);
  return snapshot;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** A stream that holds about `size` items: it is grown by each sample, and begun anew when it has become half as long again. */
function stream(size) {
  let snapshot = filled(size);
  return {
    /** Nanoseconds per event. */
    sample() {
      if (snapshot.items.length > size * 1.5) snapshot = filled(size);
      const events = eventsFrom(snapshot.items.length, eventsPerSample);
      const start = process.hrtime.bigint();
      for (const event of events) snapshot = reduceSnapshot(snapshot, event);
      return Number(process.hrtime.bigint() - start) / events.length;
    },
  };
}

/** The sizes take turns, so that a slow moment of the machine hits all of them. */
function timePerEvent(sizes) {
  const streams = sizes.map((size) => ({ size, stream: stream(size), times: [] }));
  for (let sample = 0; sample < warmUp + samples; sample++) {
    for (const { stream, times } of streams) {
      const time = stream.sample();
      if (sample >= warmUp) times.push(time);
    }
  }
  return new Map(streams.map(({ size, times }) => [size, median(times)]));
}

/** Bytes per snapshot when each of the snapshots of `count` events is kept. */
function bytesPerKept(count) {
  const events = eventsFrom(0, count);
  const kept = [];
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  let snapshot = filled(0);
  for (const event of events) kept.push((snapshot = reduceSnapshot(snapshot, event)));
  globalThis.gc?.();
  return (process.memoryUsage().heapUsed - before) / kept.length;
}

const sizes = [100, 1_000, 10_000, 100_000];
const times = timePerEvent(sizes);
const ratio = times.get(100_000) / times.get(100);
const bytes = [1_000, 10_000, 100_000].map((count) => [count, bytesPerKept(count)]);

for (const [size, time] of times)
  console.log(`${String(size).padStart(7)} items: ${time.toFixed(0).padStart(5)} ns per event`);
for (const [count, perSnapshot] of bytes)
  console.log(`${String(count).padStart(7)} kept snapshots: ${perSnapshot.toFixed(0).padStart(5)} bytes each`);
console.log(`cost at 100,000 items / at 100: ${ratio.toFixed(2)} (bound ${bounds.ratio})`);

const tooFat = bytes.some(([, perSnapshot]) => perSnapshot > bounds.bytesPerSnapshot);
if (ratio > bounds.ratio || tooFat) {
  console.error('A bound is broken.');
  process.exitCode = 1;
}
