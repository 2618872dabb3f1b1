// One process of `benchmarks/pipeline.mjs`: measures all pipelines, taking turns, and prints nanoseconds per event as JSON.
import { Buffer } from 'node:buffer';
import process from 'node:process';
import { Readable } from 'node:stream';
import { readEvents$ } from '@codex-rx/core';
import { decodeEvents } from '@codex-rx/core/events';
import { idleTimeout, ofItem, snapshots, withLatestSnapshot } from '@codex-rx/operators';
import { filter, from, identity, lastValueFrom, map, pipe, toArray } from 'rxjs';
import { logs } from '../decode/logs.mjs';

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

/** Made last: what is held meanwhile would be gone through with what is measured. */
let decoded;
function decodedRuns() {
  if (decoded === undefined) {
    decoded = [];
    for (const run of runs) {
      from(run)
        .pipe(decodeEvents(), toArray())
        .subscribe((all) => decoded.push(all));
    }
  }
  return decoded;
}

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
  decoded: {
    events: events + runs.length - 1,
    run: (operator) => {
      for (const run of decodedRuns()) from(run).pipe(operator).subscribe();
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

const log = { runs: runs.length, events, megabytes: text.length / 1e6 };
const results = {};
for (const [name, source] of Object.entries(sources)) results[name] = await bestOf(source);
process.stdout.write(JSON.stringify({ log, results }));
