// Runs the parts of `../scale` in a separate process, so that its resources belong to them alone. The argument is a
// `Spec` as JSON.
import { setTimeout as delay } from 'node:timers/promises';
import { concurrent, consecutive, hostState, volume } from '../scale/parts.js';

interface Spec {
  readonly concurrent: number;
  readonly consecutive: number;
  readonly bytes: number;
}

/** Handles close in the next turns of the event loop. */
async function settled(before: Record<string, number>): Promise<Record<string, number>> {
  const wanted = JSON.stringify(before);
  for (let turn = 0; turn < 100 && JSON.stringify(hostState()) !== wanted; turn += 1) await delay(50);
  return hostState();
}

async function main(): Promise<void> {
  const spec = JSON.parse(process.argv[2] ?? '{}') as Spec;
  // The first use of these makes handles of the host's own.
  for (const stream of [process.stdout, process.stderr]) stream.write('');
  await delay(200);
  const before = hostState();
  const atOnce = await concurrent(spec.concurrent);
  const afterConcurrent = await settled(before);
  const inTurn = await consecutive(spec.consecutive);
  const afterConsecutive = await settled(before);
  const stream = await volume(spec.bytes);
  const results = {
    atOnce,
    inTurn,
    stream,
    states: [before, afterConcurrent, afterConsecutive, await settled(before)],
  };
  process.stdout.write(JSON.stringify(results));
}

void main();
