// How a run of the real CLI ended × the processes that outlived it, and for how long: a Markdown table. The agent has
// full access and has started four commands that last for minutes: a job, a command that ignores signals, a daemon,
// and the command that it waits for. The first rows end the CLI without codex-rx, for comparison. Linux only. Usage:
// npm run matrix:termination
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { exec$, reapOrphans, resolveBinary } from '@codex-rx/core';
import { idleTimeout } from '@codex-rx/operators';
import { model, openScriptedModel } from '@codex-rx/testing';
import { findProcesses, waitUntil } from '@codex-rx/testing/processes';
import { filter, map, merge, Subject, take } from 'rxjs';

const MARK = 'RX_MATRIX_MARK';
const BOUND = 6_000;
const COMMAND =
  "sleep 301 & (trap '' INT TERM HUP; exec sleep 302) & (setsid nohup sleep 303 >/dev/null 2>&1 &); sleep 304";
const SLEEPERS = ['301', '302', '303', '304'].map((seconds) => `sleep ${seconds}`);

const quiet = { next: () => undefined, error: () => undefined };
const subscribe = (source$) => source$.subscribe(quiet);

/**
 * Each starts the run in its own way and returns a function that ends it; the steps before `end` are the same for
 * all.
 */
const inThisProcess = {
  unsubscribe: (request) => {
    const subscription = subscribe(exec$(request));
    return () => subscription.unsubscribe();
  },
  AbortSignal: (request) => {
    const controller = new AbortController();
    subscribe(exec$({ ...request, signal: controller.signal }));
    return () => controller.abort();
  },
  timeout: (request) => untilError(exec$({ ...request, timeout: 4_000 })),
  'idleTimeout()': (request) =>
    untilError(exec$(request).pipe(idleTimeout({ first: 4_000, each: 4_000, whileRunning: 4_000 }))),
  'take(1)': (request) => {
    const enough$ = new Subject();
    subscribe(
      merge(exec$(request), enough$).pipe(
        filter((value) => value === 'enough'),
        take(1),
      ),
    );
    return () => enough$.next('enough');
  },
  'error downstream': (request) => {
    const trouble$ = new Subject();
    subscribe(
      merge(exec$(request), trouble$).pipe(
        map((value) => {
          if (value === 'trouble') throw new Error('downstream');
          return value;
        }),
      ),
    );
    return () => trouble$.next('trouble');
  },
};

/** Resolves when the Observable errors. */
function untilError(source$) {
  const failed = new Promise((resolve) => {
    source$.subscribe({ error: resolve });
  });
  return Object.assign(() => failed, { isTimed: true });
}

const inHost = {
  'host: process.exit()': (host) => host.stdin.write('exit\n'),
  'host: uncaught exception': (host) => host.stdin.write('throw\n'),
  'host: throwing subscriber': (host) => host.stdin.write('subscriber\n'),
  'host: SIGINT': (host) => host.kill('SIGINT'),
  'host: SIGTERM': (host) => host.kill('SIGTERM'),
  'host: SIGHUP': (host) => host.kill('SIGHUP'),
  'host: SIGKILL': (host) => host.kill('SIGKILL'),
  'host: SIGKILL, then reapOrphans()': async (host) => {
    host.kill('SIGKILL');
    await new Promise((resolve) => host.once('exit', resolve));
    await reapOrphans();
  },
};

const bare = {
  'without codex-rx: SIGINT': (child) => child.kill('SIGINT'),
  'without codex-rx: SIGTERM': (child) => child.kill('SIGTERM'),
  'without codex-rx: SIGKILL': (child) => child.kill('SIGKILL'),
  'without codex-rx: SIGKILL to the group': (child) => process.kill(-child.pid, 'SIGKILL'),
};

function startBare(request) {
  const env = { ...process.env, ...request.env, CODEX_HOME: request.codexHome };
  const argv = ['exec', '--json', '--skip-git-repo-check', '-s', request.sandbox, '-'];
  const child = spawn(resolveBinary(), argv, { env, cwd: request.workingDirectory, detached: true, stdio: 'pipe' });
  child.stdin.end(request.prompt);
  child.stdout.resume();
  child.stderr.resume();
  return child;
}

function startHost(request) {
  const host = spawn(process.execPath, [import.meta.filename, '--host', JSON.stringify(request)], { stdio: 'pipe' });
  host.stdout.resume();
  host.stderr.resume();
  host.stdin.on('error', () => undefined);
  return host;
}

/** The host mode of this script: an application with one run. */
function beHost(request) {
  const actions$ = new Subject();
  merge(exec$(request), actions$).subscribe((value) => {
    if (value === 'subscriber') throw new Error('the subscriber failed');
  });
  createInterface({ input: process.stdin }).on('line', (action) => {
    if (action === 'exit') process.exit(0);
    if (action === 'throw') throw new Error('the host failed');
    actions$.next(action);
  });
}

function commandOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim();
  } catch {
    return '';
  }
}

async function measure(ground, start) {
  const mark = randomUUID();
  const living = () => findProcesses(MARK, mark);
  const scripted = await openScriptedModel([model.run(COMMAND, { background: ground === 'background' }), model.hang()]);
  try {
    const end = start({
      ...scripted.options,
      env: { ...scripted.options.env, [MARK]: mark },
      sandbox: 'danger-full-access',
      workingDirectory: process.cwd(),
      prompt: 'Work.',
    });
    await waitUntil(() => {
      const commands = living().map(commandOf);
      return SLEEPERS.every((sleeper) => commands.includes(sleeper));
    }, 20_000);
    const before = performance.now();
    await end();
    const ended = end.isTimed === true ? performance.now() : before;
    while (living().length > 0 && performance.now() - ended < BOUND) await delay(5);
    const took = Math.max(0, Math.round(performance.now() - ended));
    const left = living().map(commandOf);
    return left.length === 0
      ? `none after ${took} ms`
      : `**${left.length} after ${BOUND / 1000} s**: ${left.sort().join(', ')}`;
  } finally {
    for (const pid of living()) process.kill(pid, 'SIGKILL');
    await scripted.close();
  }
}

async function row(name, start) {
  const cells = [];
  for (const ground of ['foreground', 'background']) cells.push(await measure(ground, start));
  process.stdout.write(`| ${name} | ${cells.join(' | ')} |\n`);
  return cells.some((cell) => cell.startsWith('**'));
}

async function main() {
  process.stdout.write(
    '| how the run ended | alive, command in the foreground | alive, command in the background |\n| --- | --- | --- |\n',
  );
  for (const [name, end] of Object.entries(bare)) {
    await row(name, (request) => {
      const child = startBare(request);
      return () => end(child);
    });
  }
  let failed = false;
  for (const [name, start] of Object.entries(inThisProcess)) failed = (await row(name, start)) || failed;
  for (const [name, end] of Object.entries(inHost)) {
    const outlives = await row(name, (request) => {
      const host = startHost({ ...request, binary: resolveBinary() });
      return () => end(host);
    });
    // A process cannot react to SIGKILL; the next row covers that case.
    failed = (outlives && name !== 'host: SIGKILL') || failed;
  }
  // Removes the files that the SIGKILL row left.
  await reapOrphans();
  process.exitCode = failed ? 1 : 0;
}

if (process.argv[2] === '--host') beHost(JSON.parse(process.argv[3]));
else await main();
