// What the operators add to bare decoding: a snapshot after each event, an idle timeout, and a filter on items, on the mixed log.
// Each turn of the log is a run of its own, as with `codex exec`, so that what a snapshot holds is gone when its run is over.
// Measured from lines that are in memory (bare decoding: this is what the target is about), and from bytes, as `readEvents$` and
// `exec$` get them, which also have to be cut into lines. There a snapshot holds the events of a hundred turns; "keeping events" says what
// holding them costs by itself. "bare operators" are as many operators of RxJS that do nothing. "as pairs" is the same with a snapshot
// beside each event, which takes one operator more. Last, the three by themselves, on events that are decoded already: they cost less there,
// as nothing else takes turns with them in the caches of the processor.
// What the engine makes of the same code differs from process to process by some percent, so there are several, and what is told is the
// median of them.
// `npm run bench:pipeline`. Exits with 1 if the target is missed.
import { execFileSync } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** What all three may add to bare decoding at most. docs/operators/snapshots.md says what it is made of. */
const target = 0.25;
const processes = Number(process.env.BENCH_PROCESSES ?? 5);

const script = fileURLToPath(new URL('pipeline/measure.mjs', import.meta.url));
const measured = Array.from({ length: processes }, () =>
  JSON.parse(execFileSync(process.execPath, [script], { encoding: 'utf8' })),
);

const medianOf = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const median = (figure) => medianOf(measured.map(({ results }) => figure(results)));
const percentOf = (part) => `${part < 0 ? '' : '+'}${(100 * part).toFixed(1)} %`;
const addedTo = (best, pipeline) => best[pipeline] / best['bare decoding'] - 1;

const [{ log, results }] = measured;
console.log(
  `mixed log: ${log.runs} runs, ${log.events} events, ${log.megabytes.toFixed(1)} MB; median of ${processes} processes`,
);
for (const source of ['lines', 'bytes']) {
  console.log(`from ${source}:`);
  for (const pipeline of Object.keys(results[source])) {
    const time = median((all) => all[source][pipeline]).toFixed(0);
    const percent = percentOf(median((all) => addedTo(all[source], pipeline)));
    console.log(`  ${pipeline.padEnd(16)} ${time.padStart(6)} ns/event  ${percent.padStart(8)}`);
  }
}

const byThemselves = ({ decoded }) => decoded['+ all three'] - decoded['bare decoding'];
const part = median((all) => byThemselves(all) / all.lines['bare decoding']);
console.log(
  `the three by themselves, on decoded events: ${median(byThemselves).toFixed(0)} ns/event, ${percentOf(part)} of bare decoding`,
);

const added = median(({ lines }) => addedTo(lines, '+ all three'));
const each = measured.map((one) => percentOf(addedTo(one.results.lines, '+ all three'))).join(', ');
console.log(`added to bare decoding of lines: ${percentOf(added)} (target below ${100 * target} %), of ${each}`);
if (added >= target) {
  console.error('The target is missed.');
  process.exitCode = 1;
}
