// Framing against a bare Buffer framer that also decodes UTF-8, in the same run; and the memory that one long line
// takes.
// The memory needs Linux.
//   npm run bench:framing
import { Buffer } from 'node:buffer';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { loadSource } from '../scripts/lib/load-source.mjs';

const { frameLines } = await loadSource('packages/core/src/process/framing/frame-lines.ts');

const MIB = 1024 * 1024;
const CHUNK = 64 * 1024;
const LIMIT = 256 * MIB;

function bareFramer(source, sink) {
  let parts = [];
  source.on('data', (chunk) => {
    let at = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, at)) {
      parts.push(chunk.subarray(at, end));
      const bytes = parts.length === 1 ? parts[0] : Buffer.concat(parts);
      parts = [];
      sink.line(bytes.toString('utf8'));
      at = end + 1;
    }
    if (at < chunk.length) parts.push(chunk.subarray(at));
  });
  source.on('end', () => sink.end());
}

const framers = {
  bare: bareFramer,
  ours: (source, sink) => frameLines(source, { maxLineBytes: LIMIT }, sink),
};

function* chunksOf(bytes, fresh) {
  for (let at = 0; at < bytes.length; at += CHUNK) {
    const chunk = bytes.subarray(at, at + CHUNK);
    yield fresh ? Buffer.from(chunk) : chunk;
  }
}

function frame(framer, chunks) {
  return new Promise((resolve, reject) => {
    let characters = 0;
    framer(Readable.from(chunks, { objectMode: false, highWaterMark: CHUNK }), {
      line: (text) => {
        characters += text.length;
      },
      end: () => resolve(characters),
      error: reject,
    });
  });
}

const longLine = (character, bytes = 16 * MIB) =>
  Buffer.from(`{"text":"${character.repeat(bytes / Buffer.byteLength(character))}"}\n`);
const smallLines = (text) =>
  Buffer.from(
    `${JSON.stringify({ type: 'item.completed', item: { id: 'item_1', type: 'agent_message', text } })}\n`.repeat(
      150_000,
    ),
  );

const inputs = {
  '16 MiB line, ASCII': () => longLine('x'),
  '16 MiB line, mostly ASCII': () => longLine(`${'x'.repeat(999)}€`),
  '16 MiB line, no ASCII': () => longLine('€'),
  '150 000 small lines, ASCII': () => smallLines('a short message'),
  '150 000 small lines, not ASCII': () => smallLines('eine kürzere Nachricht…'),
};

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

async function times() {
  for (const [name, make] of Object.entries(inputs)) {
    const bytes = make();
    const took = { bare: [], ours: [] };
    for (let round = 0; round < 25; round += 1) {
      const order = round % 2 === 0 ? ['bare', 'ours'] : ['ours', 'bare'];
      for (const which of order) {
        const begin = performance.now();
        await frame(framers[which], chunksOf(bytes, false));
        if (round >= 3) took[which].push(performance.now() - begin);
      }
    }
    const [bare, ours] = [median(took.bare), median(took.ours)];
    console.log(
      `${name.padEnd(32)} bare ${bare.toFixed(1).padStart(7)} ms   ours ${ours.toFixed(1).padStart(7)} ms   ratio ${(ours / bare).toFixed(2)}`,
    );
  }
}

/** In bytes. Not `maxRSS`: on Linux it starts at the value of the parent process. */
function peak() {
  const kibibytes = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  return Number(kibibytes) * 1024;
}

/** Peak memory of a fresh process that frames one line from lazily created chunks. */
async function memory(which, first, character, mebibytes) {
  const filler = Buffer.from(character.repeat(Math.floor(CHUNK / Buffer.byteLength(character))));
  function* chunks() {
    yield Buffer.from(`{"text":"${first}`);
    for (let made = 0; made < mebibytes * MIB; made += filler.length) yield Buffer.from(filler);
    yield Buffer.from('"}\n');
  }
  await frame(framers[which], [Buffer.from('{"warm":"up"}\n')]);
  const before = process.memoryUsage.rss();
  await frame(framers[which], chunks());
  return (peak() - before) / (mebibytes * MIB);
}

const [mode, ...rest] = process.argv.slice(2);
if (mode === 'memory') console.log(await memory(rest[0], rest[1], rest[2], Number(rest[3])));
else {
  await times();
  for (const [name, first, character] of [
    ['ASCII', '', 'x'],
    ['ASCII with one €', '€', 'x'],
    ['no ASCII', '', '€'],
  ]) {
    for (const mebibytes of [16, 64]) {
      const growth = (which) =>
        Number(
          execFileSync(process.execPath, [import.meta.filename, 'memory', which, first, character, mebibytes]),
        ).toFixed(2);
      console.log(
        `memory, ${mebibytes} MiB line, ${name}`.padEnd(44),
        `peak growth / line: bare ${growth('bare')}, ours ${growth('ours')}`,
      );
    }
  }
}
