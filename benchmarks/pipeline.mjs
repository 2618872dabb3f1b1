// Measures a snapshot after each event, an idle timeout and a filter on items, on the mixed log. Each turn of the log
// is a separate run, as with `codex exec`.
// "decoded" measures the operators alone, on events in memory. "lines" measures them after the decoder, which competes
// for the caches of the processor.
// The engine optimizes differently in each process, so the result is the median of several processes.
// `npm run bench:pipeline`. Exits with 1 above the bound.
import { execFileSync } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** Processor time that the three operators may add per event, in µs. */
const BOUND_US = 2;
const PROCESSES = Number(process.env.BENCH_PROCESSES ?? 3);

const script = fileURLToPath(new URL('pipeline/measure.mjs', import.meta.url));
const measured = Array.from({ length: PROCESSES }, () =>
  JSON.parse(execFileSync(process.execPath, [script], { encoding: 'utf8' })),
);

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const microseconds = (nanoseconds) => `${(nanoseconds / 1_000).toFixed(2).padStart(6)} µs`;

const [{ log, results }] = measured;
console.log(`mixed log: ${log.runs} runs, ${log.events} events, ${log.megabytes.toFixed(1)} MB`);
let isAbove = false;
for (const source of Object.keys(results)) {
  const { bare } = results[source];
  console.log(`${source}, per event (bare: ${microseconds(bare).trim()}):`);
  for (const pipeline of Object.keys(results[source])) {
    if (pipeline === 'bare') continue;
    const added = median(measured.map(({ results: all }) => all[source][pipeline] - all[source].bare));
    console.log(`  ${pipeline.padEnd(34)} +${microseconds(added)}`);
    if (added > BOUND_US * 1_000) isAbove = true;
  }
}
console.log(`bound: ${BOUND_US} µs`);
if (isAbove) {
  console.error('Above the bound.');
  process.exitCode = 1;
}
