// Attacks the built packages as docs/security.md describes, with the real CLI and its sandbox where that matters.
//   npm run attack                       all programs of scripts/attack
//   npm run attack -- registry secrets   these
//   npm run attack -- --only=FIFO        the trials that match
//   npm run attack -- --json             one line of JSON for each trial instead of the table
// Exits with 1 if one attack succeeds. Nothing leaves this machine: on Linux it runs in a namespace with loopback only.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { homedir, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { inLoopbackOnly, isLoopbackOnly } from './loopback-only.mjs';

const programs = join(import.meta.dirname, 'attack');
/** Milliseconds that a program may take; those that freeze are killed. */
const LIMIT_MS = 600_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string', default: '' }, json: { type: 'boolean', default: false } },
});

const enter = isLoopbackOnly() ? undefined : inLoopbackOnly([process.execPath, ...process.argv.slice(1)]);
if (enter === undefined) await main();
else process.exitCode = spawnSync(enter[0], enter.slice(1), { stdio: 'inherit' }).status ?? 1;

async function main() {
  const topics = readdirSync(programs)
    .filter((file) => file.endsWith('.mjs'))
    .map((file) => file.replace('.mjs', ''));
  const unknown = positionals.filter((topic) => !topics.includes(topic));
  if (unknown.length > 0) throw new Error(`Unknown topic ${unknown.join(', ')}. Topics: ${topics.join(', ')}.`);
  const rows = [];
  for (const topic of positionals.length > 0 ? positionals : topics) {
    for (const row of await run(topic)) {
      rows.push(row);
      if (values.json) process.stdout.write(`${JSON.stringify(row)}\n`);
    }
  }
  if (!values.json) process.stdout.write(table(rows));
  const broken = rows.filter(({ result }) => result === 'broken');
  const count = (wanted) => rows.filter(({ result }) => result === wanted).length;
  process.stderr.write(`${rows.length} attacks: ${count('holds')} hold, ${broken.length} broken, `);
  process.stderr.write(`${count('not applicable')} not applicable on ${platform()}\n`);
  process.exitCode = broken.length > 0 || rows.length === 0 ? 1 : 0;
}

/** Runs one program in folders of its own. The home is not in the temporary folder: agents may write to that one. */
async function run(topic) {
  const base = process.platform === 'linux' ? '/var/tmp' : process.platform === 'darwin' ? homedir() : tmpdir();
  const place = mkdtempSync(join(base, 'codex-rx-attack-'));
  const paths = Object.fromEntries(['home', 'state', 'cache', 'tmp'].map((name) => [name, join(place, name)]));
  for (const path of Object.values(paths)) mkdirSync(path, { mode: 0o700 });
  const env = {
    ...process.env,
    CODEX_RX_ATTACK_PLACE: place,
    CODEX_RX_ATTACK_ONLY: values.only,
    HOME: paths.home,
    XDG_STATE_HOME: paths.state,
    XDG_CACHE_HOME: paths.cache,
    TMPDIR: paths.tmp,
  };
  delete env.CODEX_HOME;
  delete env.CODEX_BINARY;
  const child = spawn(process.execPath, [join(programs, `${topic}.mjs`)], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const timer = setTimeout(() => process.kill(-child.pid, 'SIGKILL'), LIMIT_MS);
  const exited = new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)));
  const rows = [];
  let trials = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const message = parse(line);
    if (message?.trials !== undefined) ({ trials } = message);
    else if (message?.trial !== undefined) {
      rows.push({ topic, ...message });
      if (message.result === 'broken') process.stderr.write(`${topic}: ${message.trial}: ${message.note}\n`);
    }
  }
  const code = await exited;
  clearTimeout(timer);
  const reported = new Set(rows.map(({ trial }) => trial));
  for (const trial of trials.filter((name) => !reported.has(name)))
    rows.push({ topic, trial, result: 'broken', note: `the program ended with ${code}` });
  if (trials.length === 0 && code !== 0) rows.push({ topic, trial: '-', result: 'broken', note: `ended with ${code}` });
  rmSync(place, { recursive: true, force: true, maxRetries: 5 });
  return rows;
}

function parse(line) {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function table(rows) {
  const cell = (text = '') => text.replaceAll('|', '\\|');
  const lines = rows.map(({ topic, trial, result, note }) => {
    const shown = result === 'holds' ? 'holds' : `**${result}**`;
    return `| ${topic} | ${cell(trial)} | ${shown} | ${cell(note)} |`;
  });
  return ['| topic | tried | result | note |', '| --- | --- | --- | --- |', ...lines, ''].join('\n');
}
