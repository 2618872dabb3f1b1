// Helpers of the programs in scripts/attack: trials, hosts in processes of their own, fakes of the CLI.
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';

export const root = realpathSync(join(import.meta.dirname, '..', '..'));
/** The private folder of this program, outside of the temporary folder. Set by scripts/attack.mjs. */
export const place = process.env.CODEX_RX_ATTACK_PLACE ?? mkdtempSync('/var/tmp/codex-rx-attack-');

const LINUX = ['linux'];
const POSIX = ['linux', 'darwin'];
export const on = { linux: LINUX, posix: POSIX, all: [...POSIX, 'win32'] };

class NotApplicable extends Error {}

/** Ends a trial without a result, for the given reason. */
export const skip = (reason) => {
  throw new NotApplicable(reason);
};

/** Ends a trial as broken unless the condition holds. */
export function expect(condition, problem) {
  if (!condition) throw new Error(problem);
}

/**
 * Runs trials one after another and prints one line of JSON for each.
 *
 * @param trials what is tried → a function that throws if the attack succeeds; its return value is a note
 */
export async function attack(platforms, trials) {
  const wanted = new RegExp(process.env.CODEX_RX_ATTACK_ONLY ?? '');
  const names = Object.keys(trials).filter((name) => wanted.test(name));
  report({ trials: names });
  for (const trial of names) {
    const started = Date.now();
    const say = (result, note) =>
      report({ trial, result, note: note?.split('\n')[0].slice(0, 160), ms: Date.now() - started });
    if (!platforms.includes(process.platform)) say('not applicable', process.platform);
    else {
      try {
        say('holds', await trials[trial]());
      } catch (error) {
        say(error instanceof NotApplicable ? 'not applicable' : 'broken', String(error.message ?? error));
      }
    }
  }
  process.exit(0);
}

function report(value) {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

let folders = 0;
/** Creates an empty folder inside `place`. */
export function folder(name = 'folder') {
  folders += 1;
  const path = join(place, `${name}-${folders}`);
  mkdirSync(path);
  return path;
}

/** The pinned CLI of this repository. */
export const pinnedCli = () => createRequire(join(root, 'package.json')).resolve('@openai/codex/bin/codex.js');

/**
 * A fake of the CLI as a shell script, which can do more harm than a scripted one. `thread`, `turn` and `done` print
 * the events of a turn, `say TEXT` a message (TEXT inside of a JSON string).
 */
export function shellCli(script, { version = '0.171.0' } = {}) {
  const path = join(folder('bin'), 'codex');
  writeFileSync(
    path,
    `#!/bin/sh
case "$1" in --version) echo "codex-cli ${version}"; exit 0;; esac
thread() { printf '%s\\n' '{"type":"thread.started","thread_id":"01a205c4-69f5-7682-91b9-0f9fa5d429a7"}'; }
turn() { printf '%s\\n' '{"type":"turn.started"}'; }
done_() { printf '%s\\n' '{"type":"turn.completed","usage":{"input_tokens":1,"cached_input_tokens":0,"output_tokens":1}}'; }
say() { printf '{"type":"item.completed","item":{"id":"i","type":"agent_message","text":"%s"}}\\n' "$1"; }
${script}
`,
  );
  chmodSync(path, 0o700);
  return path;
}

const PRELUDE = `
import * as core from '@codex-rx/core';
import * as commands from '@codex-rx/core/commands';
import * as home from '@codex-rx/core/home';
import * as rollouts from '@codex-rx/core/rollouts';
import * as operators from '@codex-rx/operators';
import { teeLines } from '@codex-rx/operators/node';
import * as rx from 'rxjs';
import fs from 'node:fs';
import process from 'node:process';
import { Readable } from 'node:stream';
const { exec$, run$, reapOrphans, whenIdle, createCodex } = core;
const collect = (source$) => rx.lastValueFrom(source$.pipe(rx.toArray())).catch((error) => error);
const readText = (text) => core.readEvents$(Readable.from([text]));
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const say = (value) => fs.writeSync(1, JSON.stringify(value ?? null) + '\\n');
const until = async (test, ms = 8000) => { for (const end = Date.now() + ms; !test() && Date.now() < end; ) await sleep(10); };
`;

/**
 * Runs a program with the packages in a process of its own, for at most `timeout` ms.
 *
 * `args` are its constants; `say(value)` reports a value. `wrap` is a command that runs it, such as `unshare`.
 *
 * @returns its exit code (`undefined` if it had to be killed), signal, reported values and standard error
 */
export async function host(code, { args = {}, env = {}, timeout = 10_000, wrap = [], onStart } = {}) {
  const file = join(root, 'node_modules', `.attack-${process.pid}-${(folders += 1)}.mjs`);
  const constants = Object.entries(args).map(([name, value]) => `const ${name} = ${JSON.stringify(value)};\n`);
  writeFileSync(file, PRELUDE + constants.join('') + code);
  const [program, ...words] = [...wrap, process.execPath, file];
  const child = spawn(program, words, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => (stdout += chunk));
  child.stderr.on('data', (chunk) => (stderr += chunk));
  const exited = new Promise((resolve) => child.once('exit', (exit, signal) => resolve({ code: exit, signal })));
  onStart?.(child);
  const end = await Promise.race([exited, delay(timeout, undefined, { ref: false })]);
  if (end === undefined) kill(-child.pid);
  await Promise.race([exited, delay(1000)]);
  const { rmSync } = await import('node:fs');
  rmSync(file, { force: true });
  const values = stdout.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line)];
    } catch {
      return [];
    }
  });
  return { isFrozen: end === undefined, code: end?.code, signal: end?.signal, values, stderr, pid: child.pid };
}

/** Runs a host that has to report something and exit with 0; returns the last value. */
export async function answer(code, options) {
  const { isFrozen, code: exit, values, stderr } = await host(code, options);
  expect(!isFrozen, 'the host froze');
  expect(exit === 0, `the host ended with ${exit}: ${stderr.trim().split('\n').slice(0, 6).join(' ')}`);
  return values.at(-1);
}

export { delay };

export async function until(test, ms = 8000) {
  for (const end = Date.now() + ms; Date.now() < end; await delay(20)) if (test()) return true;
  return false;
}

/** The pid that a script writes into a file. */
export async function pidIn(file) {
  const isThere = await until(() => existsSync(file) && /^\d+\n/.test(readFileSync(file, 'utf8')));
  expect(isThere, `no pid in ${file}`);
  return Number(readFileSync(file, 'utf8'));
}

/** Whether a process runs. A zombie counts only while one of its threads runs. */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    if (process.platform !== 'linux') return true;
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1).split(' ');
    return fields[0] !== 'Z' || Number(fields[17]) > 1;
  } catch {
    return false;
  }
}

/** Kills one process (or, with a negative number, one process group) that a trial started. */
export function kill(pid, signal = 'SIGKILL') {
  if (!Number.isInteger(pid) || Math.abs(pid) < 2) return;
  try {
    process.kill(pid, signal);
  } catch {
    // Gone.
  }
}
