// What the operators add to bare decoding: a snapshot after each event, an idle timeout, and a filter on items, on the mixed log.
// `npm run bench:pipeline`. Exits with 1 if the target is missed.
import process from 'node:process';
import { decodeEvents } from '@codex-rx/core/events';
import { idleTimeout, ofItem, snapshots } from '@codex-rx/operators';
import { connect, from, ignoreElements, merge, tap } from 'rxjs';
import { logs } from './decode/logs.mjs';

const target = 0.25;
const rounds = Number(process.env.BENCH_ROUNDS ?? 25);
const warmUp = 5;

const pipelines = {
  'bare decoding': () => from(lines).pipe(decodeEvents()),
  '+ snapshots': () => from(lines).pipe(decodeEvents(), snapshots()),
  '+ idleTimeout': () => from(lines).pipe(decodeEvents(), idleTimeout(60_000)),
  '+ ofItem': () => from(lines).pipe(decodeEvents(), ofItem('command_execution')),
  '+ snapshots, idleTimeout, ofItem': () =>
    from(lines).pipe(
      decodeEvents(),
      idleTimeout(60_000),
      connect((events$) =>
        merge(events$.pipe(snapshots(), ignoreElements()), events$.pipe(ofItem('command_execution'), tap(noop))),
      ),
    ),
};

const { text, events } = logs().mixed;
const lines = text.split('\n').slice(0, -1);

function noop() {}

/** Milliseconds. */
function run(pipeline) {
  globalThis.gc?.();
  const start = process.hrtime.bigint();
  pipeline().subscribe();
  return Number(process.hrtime.bigint() - start) / 1e6;
}

// Best of several rounds, the pipelines taking turns: others on the machine can only make a round slower.
const best = Object.fromEntries(Object.keys(pipelines).map((name) => [name, Number.POSITIVE_INFINITY]));
for (let round = 0; round < rounds + warmUp; round++) {
  for (const [name, pipeline] of Object.entries(pipelines)) {
    const time = run(pipeline);
    if (round >= warmUp) best[name] = Math.min(best[name], time);
  }
}

const bare = best['bare decoding'];
console.log(`mixed log: ${events} events, ${(text.length / 1e6).toFixed(1)} MB`);
for (const [name, ms] of Object.entries(best)) {
  const added = ((100 * (ms - bare)) / bare).toFixed(1);
  console.log(
    `  ${name.padEnd(34)} ${ms.toFixed(1).padStart(7)} ms ${((ms * 1e6) / events).toFixed(0).padStart(6)} ns/event  +${added} %`,
  );
}

const added = (best['+ snapshots, idleTimeout, ofItem'] - bare) / bare;
console.log(`added: ${(100 * added).toFixed(1)} % (target below ${100 * target} %)`);
if (added >= target) {
  console.error('The target is missed.');
  process.exitCode = 1;
}
