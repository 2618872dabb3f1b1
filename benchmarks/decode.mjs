// The cost of checking each line: decoding compared with bare JSON.parse, the official SDK's loop and a naive io-ts
// union. `npm run bench:decode`. Exits with 1 if a target is missed.
import process from 'node:process';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { createDecoder, readEvents$ } from '@codex-rx/core';
import { logs } from './decode/logs.mjs';
import { naiveUnion } from './decode/naive-union.mjs';

/** Lowest ratios of a contestant to a baseline, on the mixed log. */
const targets = {
  createDecoder: { 'bare split + JSON.parse': 0.8, 'official SDK loop': 1.3 },
  'readEvents$ (stream)': { 'official SDK loop': 1.3 },
};
const rounds = Number(process.env.BENCH_ROUNDS ?? 15);
const warmUp = 8;

/** Over text in memory: what decoding itself costs. */
const bare = (text) => {
  let count = 0;
  for (const line of text.split('\n')) {
    if (line === '') continue;
    if (JSON.parse(line).type !== undefined) count++;
  }
  return count;
};

const ours = (text) => {
  const decoder = createDecoder();
  let count = 0;
  for (const line of text.split('\n')) {
    const result = decoder.decode(line);
    if (result._tag === 'Right' && result.right._tag === 'Some' && result.right.value.type !== 'malformed') count++;
  }
  return count;
};

const naive = (text) => {
  let count = 0;
  for (const line of text.split('\n')) {
    if (line === '') continue;
    if (naiveUnion.decode(JSON.parse(line))._tag === 'Right') count++;
  }
  return count;
};

/** Over a stream of 64 KiB chunks, as from a pipe. */
function* chunksOf(bytes) {
  for (let start = 0; start < bytes.length; start += 65_536) yield bytes.subarray(start, start + 65_536);
}

const streamOf = (bytes) => Readable.from(chunksOf(bytes), { objectMode: false });

// The two generators of @openai/codex-sdk: lines of the process, then parsed, unchecked objects.
async function* officialLines(input) {
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  try {
    for await (const line of lines) yield line;
  } finally {
    lines.close();
  }
}

async function* officialEvents(input) {
  for await (const line of officialLines(input)) {
    const parsed = JSON.parse(line);
    if (parsed.type === 'turn.completed') parsed.usage.cache_write_input_tokens ??= 0;
    yield parsed;
  }
}

const official = async (_text, bytes) => {
  let count = 0;
  for await (const event of officialEvents(streamOf(bytes))) if (event.type !== undefined) count++;
  return count;
};

const oursFromStream = (_text, bytes) =>
  new Promise((resolve, reject) => {
    let count = 0;
    readEvents$(streamOf(bytes)).subscribe({
      next: (event) => {
        if (event.type !== 'malformed') count++;
      },
      error: reject,
      complete: () => resolve(count),
    });
  });

const contestants = {
  'bare split + JSON.parse': bare,
  createDecoder: ours,
  'naive io-ts union': naive,
  'official SDK loop': official,
  'readEvents$ (stream)': oursFromStream,
};

/**
 * CPU time, best of several interleaved rounds: other processes can only make a round slower. Does not call `gc()`
 * between the rounds: no event is alive then, so that V8 would drop the hidden classes of all events and the code that
 * it optimized for them, and each round would measure the compiler.
 */
async function measure({ text, events }) {
  const bytes = Buffer.from(text);
  globalThis.gc?.();
  const best = Object.fromEntries(Object.keys(contestants).map((name) => [name, Number.POSITIVE_INFINITY]));
  for (let round = 0; round < rounds + warmUp; round++) {
    for (const [name, run] of Object.entries(contestants)) {
      const start = process.cpuUsage();
      const count = await run(text, bytes);
      const { user, system } = process.cpuUsage(start);
      const ms = (user + system) / 1e3;
      if (count !== events) throw new Error(`${name} saw ${count} of ${events} events`);
      if (round >= warmUp) best[name] = Math.min(best[name], ms);
    }
  }
  return best;
}

const failures = [];
for (const [name, log] of Object.entries(logs())) {
  const best = await measure(log);
  const megabytes = log.text.length / 1e6;
  console.log(`\n${name}: ${log.events} events, ${megabytes.toFixed(1)} MB`);
  for (const [contestant, ms] of Object.entries(best)) {
    const perEvent = ((ms * 1e3) / log.events).toFixed(2);
    console.log(
      `  ${contestant.padEnd(24)} ${ms.toFixed(1).padStart(8)} ms  ${perEvent.padStart(7)} µs/event  ${(megabytes / (ms / 1e3)).toFixed(0).padStart(5)} MB/s`,
    );
  }
  for (const baseline of ['bare split + JSON.parse', 'official SDK loop']) {
    for (const contestant of Object.keys(targets)) {
      const ratio = best[baseline] / best[contestant];
      const target = name === 'mixed' ? targets[contestant][baseline] : undefined;
      const remark = target === undefined ? '' : ` (target ${target})`;
      console.log(`  ${contestant} is ${ratio.toFixed(2)} × ${baseline}${remark}`);
      if (ratio < target) failures.push(`${contestant}: ${ratio.toFixed(2)} × ${baseline}, target ${target}`);
    }
  }
}

globalThis.gc?.();
console.log(
  `\nRSS at the end: ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB, highest: ${(process.resourceUsage().maxRSS / 1e3).toFixed(0)} MB`,
);
for (const failure of failures) console.error(`missed: ${failure}`);
process.exitCode = failures.length > 0 ? 1 : 0;
