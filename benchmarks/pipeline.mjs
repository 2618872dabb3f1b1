// What the operators add to bare decoding: a snapshot after each event, an idle timeout, and a filter on items, on the mixed log.
// Each turn of the log is a run of its own, as with `codex exec`, so that what a snapshot holds is gone when its run is over.
// `npm run bench:pipeline`. Exits with 1 if the target is missed.
import process from 'node:process';
import { decodeEvents } from '@codex-rx/core/events';
import { idleTimeout, ofItem, snapshots, withLatestSnapshot } from '@codex-rx/operators';
import { from, identity, map, pipe } from 'rxjs';
import { logs } from './decode/logs.mjs';

const target = 0.25;
const rounds = Number(process.env.BENCH_ROUNDS ?? 20);
const warmUp = 5;

const pipelines = {
  'bare decoding': identity,
  '+ snapshots': snapshots(),
  '+ idleTimeout': idleTimeout(60_000),
  '+ ofItem': ofItem('command_execution'),
  '+ all three': pipe(
    withLatestSnapshot(),
    map(([event]) => event),
    idleTimeout(60_000),
    ofItem('command_execution'),
  ),
};

const { text, events } = logs().mixed;
const [thread, ...lines] = text.split('\n').slice(0, -1);
const runs = [];
for (const line of lines) {
  if (line === '{"type":"turn.started"}') runs.push([thread]);
  runs.at(-1).push(line);
}

/** Nanoseconds of processor time per event: others on the machine do not count. */
function measure(operator) {
  const before = process.cpuUsage();
  for (const run of runs) from(run).pipe(decodeEvents(), operator).subscribe();
  const { user, system } = process.cpuUsage(before);
  return ((user + system) * 1e3) / (events + runs.length - 1);
}

// Best of several rounds, the pipelines taking turns.
const best = Object.fromEntries(Object.keys(pipelines).map((name) => [name, Number.POSITIVE_INFINITY]));
for (let round = 0; round < rounds + warmUp; round++) {
  for (const [name, operator] of Object.entries(pipelines)) {
    const time = measure(operator);
    if (round >= warmUp) best[name] = Math.min(best[name], time);
  }
}

const bare = best['bare decoding'];
console.log(`mixed log: ${runs.length} runs, ${events} events, ${(text.length / 1e6).toFixed(1)} MB`);
for (const [name, time] of Object.entries(best)) {
  const added = ((100 * (time - bare)) / bare).toFixed(1);
  console.log(`  ${name.padEnd(16)} ${time.toFixed(0).padStart(6)} ns/event  +${added} %`);
}

const added = (best['+ all three'] - bare) / bare;
console.log(`added: ${(100 * added).toFixed(1)} % (target below ${100 * target} %)`);
if (added >= target) {
  console.error('The target is missed.');
  process.exitCode = 1;
}
