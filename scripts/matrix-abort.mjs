// Measures the time from an abort until the run and its processes have ended, for versions of the real CLI × the moment
// of the abort. Sweeps the delay from the start of the process to the abort, so that every phase of a start is covered.
// Prints a Markdown table.
//   npm run matrix:abort                              all versions
//   npm run matrix:abort -- 0.150.1 --runs=50         one version, 50 runs
// Fails if 1 % of the runs or more take longer than the bound. Versions are installed on demand. Linux only.
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { run$, whenIdle } from '@codex-rx/core';
import { model, openScriptedModel } from '@codex-rx/testing';
import { installedCli } from './installed-cli.mjs';
import { inLoopbackOnly, isLoopbackOnly } from './loopback-only.mjs';

const VERSIONS = ['0.98.0', '0.125.0', '0.150.1', '0.169.0', '0.171.0'];
const BOUND_MS = 300;
/** The sweep goes this far beyond the longest start, in ms. */
const MARGIN_MS = 200;
const PHASES = ['before thread.started', 'thread.started to turn.started', 'in the turn'];

/** Runs until `delay` ms after the spawn, or until the given event if `delay` is not set, and aborts. */
async function abortOnce(request, { delay, event: wanted }) {
  const controller = new AbortController();
  let phase = PHASES[0];
  let spawnedAt = 0;
  let turnAfter;
  let abortedAt = 0;
  const abort = () => {
    if (abortedAt !== 0) return;
    abortedAt = performance.now();
    controller.abort();
  };
  const abortedIn = await new Promise((resolve) => {
    let at;
    const end = () => resolve(at ?? phase);
    controller.signal.addEventListener('abort', () => {
      at = phase;
    });
    run$({ ...request, signal: controller.signal }).subscribe({
      next: (notification) => {
        if (notification.type === 'started') {
          spawnedAt = performance.now();
          if (delay !== undefined) setTimeout(abort, delay);
        }
        if (notification.type !== 'event') return;
        const { type } = notification.event;
        if (type === 'thread.started') phase = PHASES[1];
        if (type === 'turn.started') {
          phase = PHASES[2];
          turnAfter = performance.now() - spawnedAt;
        }
        if (type === wanted) abort();
      },
      error: end,
      complete: end,
    });
  });
  await whenIdle();
  return { phase: abortedIn, took: performance.now() - abortedAt, turnAfter };
}

async function sweep(binary, runs) {
  const scripted = await openScriptedModel([model.whenever(() => true, model.hang())]);
  try {
    const request = { ...scripted.options, binary, workingDirectory: process.cwd(), prompt: 'Work.', timeout: 30_000 };
    let start = 0;
    for (let round = 0; round < 3; round += 1)
      start = Math.max(start, (await abortOnce(request, { event: 'turn.started' })).turnAfter ?? 0);
    const results = [];
    for (let round = 0; round < runs; round += 1) {
      const moment =
        round % 4 === 3
          ? { event: round % 8 === 3 ? 'thread.started' : 'turn.started' }
          : { delay: ((start + MARGIN_MS) * round) / runs };
      results.push(await abortOnce(request, moment));
    }
    return results;
  } finally {
    await scripted.close();
  }
}

const quantile = (sorted, q) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))];
const row = (cells) => process.stdout.write(`| ${cells.join(' | ')} |\n`);

function report(version, phase, results) {
  const times = results.map(({ took }) => took).sort((a, b) => a - b);
  if (times.length === 0) return;
  const late = times.filter((took) => took >= BOUND_MS).length;
  row([version, phase, times.length, ...[0.5, 0.99, 1].map((q) => Math.round(quantile(times, q))), late]);
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { runs: { type: 'string', default: '100' } },
  });
  const versions = positionals.length > 0 ? positionals : VERSIONS;
  const binaries = versions.map((version) => installedCli(version));
  if (!isLoopbackOnly()) return enterNamespace();
  row(['CLI', 'aborted', 'runs', 'median, ms', '99 %, ms', 'longest, ms', `≥ ${BOUND_MS} ms`]);
  row(['---', '---', '---', '---', '---', '---', '---']);
  const all = [];
  for (const [index, version] of versions.entries()) {
    const results = await sweep(binaries[index], Number(values.runs));
    for (const phase of PHASES)
      report(
        version,
        phase,
        results.filter((result) => result.phase === phase),
      );
    all.push(...results);
  }
  report('all', 'at any moment', all);
  const late = all.filter(({ took }) => took >= BOUND_MS).length;
  process.exitCode = late > all.length / 100 ? 1 : 0;
}

function enterNamespace() {
  const command = inLoopbackOnly([process.execPath, import.meta.filename, ...process.argv.slice(2)]);
  if (command === undefined) {
    process.stderr.write('No loopback-only network namespace can be made here (Linux: `unshare --net`).\n');
    process.exitCode = 1;
    return;
  }
  const [file, ...args] = command;
  process.exitCode = spawnSync(file, args, { stdio: 'inherit' }).status ?? 1;
}

await main();
