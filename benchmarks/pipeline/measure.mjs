// One process of `benchmarks/pipeline.mjs`: measures all pipelines in turn and prints nanoseconds per event as JSON.
import process from 'node:process';
import { decodeEvents } from '@codex-rx/core/events';
import { idleTimeout, ofItem, snapshots, withLatestSnapshot } from '@codex-rx/operators';
import { from, identity, pipe, toArray } from 'rxjs';
import { logs } from '../decode/logs.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 20);
const WARM_UP = 5;

const pipelines = {
  bare: identity,
  'snapshots()': snapshots(),
  'idleTimeout()': idleTimeout(60_000),
  'ofItem()': ofItem('command_execution'),
  'snapshots → idleTimeout → ofItem': pipe(
    withLatestSnapshot({ project: (event) => event }),
    idleTimeout(60_000),
    ofItem('command_execution'),
  ),
};

const { text, events } = logs().mixed;
const [thread, ...lines] = text.split('\n').slice(0, -1);
const runs = [];
for (const line of lines) {
  if (line.startsWith('{"type":"turn.started"')) runs.push([thread]);
  runs.at(-1).push(line);
}

const decodedRuns = runs.map((run) => {
  let decoded = [];
  from(run)
    .pipe(decodeEvents(), toArray())
    .subscribe((all) => {
      decoded = all;
    });
  return decoded;
});

const sources = {
  decoded: (operator) => {
    for (const run of decodedRuns) from(run).pipe(operator).subscribe();
  },
  lines: (operator) => {
    for (const run of runs) from(run).pipe(decodeEvents(), operator).subscribe();
  },
};
const count = events + runs.length - 1;

/** Returns nanoseconds of processor time per event: other processes do not count. */
function measure(run, operator) {
  const before = process.cpuUsage();
  run(operator);
  const { user, system } = process.cpuUsage(before);
  return ((user + system) * 1_000) / count;
}

/** Returns the best of several rounds for each pipeline. The pipelines alternate. */
function bestOf(run) {
  const best = Object.fromEntries(Object.keys(pipelines).map((name) => [name, Number.POSITIVE_INFINITY]));
  for (let round = 0; round < ROUNDS + WARM_UP; round++) {
    for (const [name, operator] of Object.entries(pipelines)) {
      const time = measure(run, operator);
      if (round >= WARM_UP) best[name] = Math.min(best[name], time);
    }
  }
  return best;
}

const results = Object.fromEntries(Object.entries(sources).map(([name, run]) => [name, bestOf(run)]));
const log = { runs: runs.length, events, megabytes: text.length / 1e6 };
process.stdout.write(JSON.stringify({ log, results }));
