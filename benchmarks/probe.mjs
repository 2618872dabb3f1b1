// How long a cold probe takes, against one `codex --version` in a bare child process. Both take turns; the ratio of
// their medians is what counts (bound: 6). Needs a build, no network and no key.
// Usage: npm run bench:probe [-- <runs>]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { resolveBinary, whenIdle } from '@codex-rx/core';
import { probeCapabilities$ } from '@codex-rx/core/capabilities';
import { firstValueFrom } from 'rxjs';

const BOUND = 6;
const runs = Number(process.argv[2] ?? 30);
const codexHome = mkdtempSync(join(tmpdir(), 'codex-rx-probe-'));
const binary = resolveBinary();

async function timed(task) {
  const start = performance.now();
  await task();
  const took = performance.now() - start;
  await whenIdle();
  return took;
}

async function version() {
  const child = spawn(binary, ['--version'], { env: { ...process.env, CODEX_HOME: codexHome }, stdio: 'pipe' });
  child.stdout.resume();
  child.stderr.resume();
  await once(child, 'close');
}

const probe = (methods) => () =>
  firstValueFrom(probeCapabilities$({ binary, codexHome, cachePolicy: 'bypass', methods }));
const cached = () => firstValueFrom(probeCapabilities$({ binary, codexHome }));
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

try {
  const tasks = { version, probe: probe(false), 'probe with methods': probe(true), cached };
  const times = Object.fromEntries(Object.keys(tasks).map((name) => [name, []]));
  for (let round = -3; round < runs; round += 1) {
    for (const [name, task] of Object.entries(tasks)) {
      const took = await timed(task);
      if (round >= 0) times[name].push(took);
    }
  }
  const base = median(times.version);
  for (const [name, values] of Object.entries(times)) {
    const middle = median(values);
    process.stdout.write(`${name.padEnd(20)} ${middle.toFixed(1).padStart(8)} ms  ${(middle / base).toFixed(2)} ×\n`);
  }
  const ratio = median(times.probe) / base;
  process.stdout.write(`bound: a probe takes at most ${BOUND} × one --version\n`);
  process.exitCode = ratio > BOUND ? 1 : 0;
} finally {
  rmSync(codexHome, { recursive: true, force: true });
}
