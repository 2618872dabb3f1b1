// What the operators add to bare decoding: a snapshot after each event, an idle timeout, and a filter on items, on the mixed log.
// Each turn of the log is a run of its own, as with `codex exec`, so that what a snapshot holds is gone when its run is over.
// Measured twice: from lines that are in memory (bare decoding: this is what the target is about), and from bytes, as `readEvents$` and
// `exec$` get them, which also have to be cut into lines. There a snapshot holds the events of a hundred turns; "keeping events" says what
// holding them costs by itself. "bare operators" are as many operators of RxJS that do nothing. "as pairs" is the same with a snapshot
// beside each event, which takes one operator more. Last, the three by themselves, on events that are decoded already: they cost less there,
// as nothing else takes turns with them in the caches of the processor.
// `npm run bench:pipeline`. Exits with 1 if the target is missed.
import { Buffer } from 'node:buffer';
import process from 'node:process';
import { Readable } from 'node:stream';
import { readEvents$ } from '@codex-rx/core';
import { decodeEvents } from '@codex-rx/core/events';
import { idleTimeout, ofItem, snapshots, withLatestSnapshot } from '@codex-rx/operators';
import { filter, from, identity, lastValueFrom, map, pipe, toArray } from 'rxjs';
import { logs } from './decode/logs.mjs';

/** What all three may add to bare decoding at most. docs/operators/snapshots.md says what it is made of. */
const target = 0.25;
const rounds = Number(process.env.BENCH_ROUNDS ?? 20);
const warmUp = 5;

const pipelines = {
  'bare decoding': identity,
  'keeping events': toArray(),
  '+ snapshots': snapshots(),
  '+ idleTimeout': idleTimeout(60_000),
  '+ ofItem': ofItem('command_execution'),
  'bare operators': pipe(
    map((event) => event),
    map((event) => event),
    filter((event) => event.type === 'item.completed'),
  ),
  '+ all three': pipe(
    withLatestSnapshot({ project: (event) => event }),
    idleTimeout(60_000),
    ofItem('command_execution'),
  ),
  'as pairs': pipe(
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
  if (line.startsWith('{"type":"turn.started"')) runs.push([thread]);
  runs.at(-1).push(line);
}

const chunkBytes = 64 * 1024;

/** Some turns a stream, so that it is not the start of streams that is measured. */
const turnsPerStream = 100;

/** The same log as streams of bytes. */
function chunksOf(firstRun) {
  const turns = runs.slice(firstRun, firstRun + turnsPerStream).flatMap((run) => run.slice(1));
  const bytes = Buffer.from(`${[thread, ...turns].join('\n')}\n`);
  return Array.from({ length: Math.ceil(bytes.length / chunkBytes) }, (_, i) =>
    bytes.subarray(i * chunkBytes, (i + 1) * chunkBytes),
  );
}
const streams = Array.from({ length: runs.length / turnsPerStream }, (_, i) => chunksOf(i * turnsPerStream));

const sources = {
  lines: {
    events: events + runs.length - 1,
    run: (operator) => {
      for (const run of runs) from(run).pipe(decodeEvents(), operator).subscribe();
    },
  },
  bytes: {
    events: events + streams.length - 1,
    run: async (operator) => {
      for (const chunks of streams) {
        await lastValueFrom(readEvents$(Readable.from(chunks)).pipe(operator), { defaultValue: undefined });
      }
    },
  },
};

/** Nanoseconds of processor time per event: others on the machine do not count. */
async function measure(source, operator) {
  const before = process.cpuUsage();
  await source.run(operator);
  const { user, system } = process.cpuUsage(before);
  return ((user + system) * 1e3) / source.events;
}

/** Best of several rounds for each pipeline, the pipelines taking turns. */
async function bestOf(source) {
  const best = Object.fromEntries(Object.keys(pipelines).map((name) => [name, Number.POSITIVE_INFINITY]));
  for (let round = 0; round < rounds + warmUp; round++) {
    for (const [name, operator] of Object.entries(pipelines)) {
      const time = await measure(source, operator);
      if (round >= warmUp) best[name] = Math.min(best[name], time);
    }
  }
  return best;
}

const addedTo = (best, name) => best[name] / best['bare decoding'] - 1;
const percentOf = (part) => `${part < 0 ? '' : '+'}${(100 * part).toFixed(1)} %`;

console.log(`mixed log: ${runs.length} runs, ${events} events, ${(text.length / 1e6).toFixed(1)} MB`);
const results = {};
for (const [name, source] of Object.entries(sources)) {
  const best = await bestOf(source);
  results[name] = best;
  console.log(`from ${name}:`);
  for (const [pipeline, time] of Object.entries(best)) {
    const percent = percentOf(addedTo(best, pipeline));
    console.log(`  ${pipeline.padEnd(16)} ${time.toFixed(0).padStart(6)} ns/event  ${percent.padStart(8)}`);
  }
}

const decoded = [];
for (const run of runs)
  from(run)
    .pipe(decodeEvents(), toArray())
    .subscribe((all) => decoded.push(all));
const alone = await bestOf({
  events: sources.lines.events,
  run: (operator) => {
    for (const run of decoded) from(run).pipe(operator).subscribe();
  },
});
const byThemselves = alone['+ all three'] - alone['bare decoding'];
const part = byThemselves / results.lines['bare decoding'];
console.log(
  `the three by themselves, on decoded events: ${byThemselves.toFixed(0)} ns/event, ${percentOf(part)} of bare decoding`,
);

const added = addedTo(results.lines, '+ all three');
const bare = addedTo(results.lines, 'bare operators');
console.log(
  `added to bare decoding of lines: ${percentOf(added)} (target below ${100 * target} %); as many operators of RxJS that do nothing: ${percentOf(bare)}`,
);
if (added >= target) {
  console.error('The target is missed.');
  process.exitCode = 1;
}
