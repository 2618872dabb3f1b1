// How a turn of a real app-server ended × versions of the CLI: which of the commands of the agent are alive afterwards,
// beside the same over `codex exec`. Prints a Markdown table. The agent has full access and has started a background
// terminal, a job, a command that ignores signals, a daemon, and the command that it waits for.
//   npm run matrix:app-server                      all versions
//   npm run matrix:app-server -- 0.171.0           these
//   npm run matrix:app-server -- --only=host       the rows that match
//   npm run matrix:app-server -- --write           into docs/app-server-termination.md, with --only these rows
// Versions are installed on demand. They run in a network namespace that has loopback only, or not at all. Linux only.
import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { exec$, reapOrphans, whenIdle } from '@codex-rx/core';
import { openAppServer } from '@codex-rx/core/app-server';
import { model, openScriptedModel } from '@codex-rx/testing';
import { findProcesses, isAlive, waitUntil } from '@codex-rx/testing/processes';
import { filter, firstValueFrom, lastValueFrom, merge, NEVER, Subject, take } from 'rxjs';
import { installedCli } from './installed-cli.mjs';
import { inLoopbackOnly, isLoopbackOnly } from './loopback-only.mjs';

const VERSIONS = ['0.125.0', '0.150.1', '0.159.3', '0.169.0', '0.171.0'];
const PAGE = join(import.meta.dirname, '..', 'docs', 'app-server-termination.md');
const MARK = 'RX_MATRIX_MARK';
const BOUND = 8_000;
const PATIENCE = 30_000;
const TIMEOUT = 6_000;
const COMMANDS = {
  'sleep 301': 'job',
  'sleep 302': 'ignores signals',
  'sleep 303': 'daemon',
  'sleep 304': 'foreground',
  'sleep 305': 'background terminal',
};
const FAMILY =
  "sleep 301 & (trap '' INT TERM HUP; exec sleep 302) & (setsid nohup sleep 303 >/dev/null 2>&1 &); sleep 304";
const SCRIPT = [model.run('sleep 305', { background: true }), model.run(FAMILY), model.hang()];
const SANDBOX = 'danger-full-access';

const quiet = { next: () => undefined, error: () => undefined };
/** The subscriber leaves with its next value. */
function takeOne(source$) {
  const enough$ = new Subject();
  merge(source$, enough$)
    .pipe(
      filter((value) => value === 'enough'),
      take(1),
    )
    .subscribe(quiet);
  return { end: () => enough$.next('enough') };
}
function unsubscribing(source$) {
  const subscription = source$.subscribe(quiet);
  return { end: () => subscription.unsubscribe() };
}
function aborting(start) {
  const controller = new AbortController();
  start({ signal: controller.signal }).subscribe(quiet);
  return { end: () => controller.abort() };
}
function timingOut(start) {
  const ended = lastValueFrom(start({ timeout: TIMEOUT })).catch(() => undefined);
  return { end: () => ended, isTimed: true };
}

/** Opens a server and its thread; `start` starts the turn. */
async function onServer(place, connect) {
  const { codexHome, env, config, binary } = place;
  const options = connect === undefined ? { binary, codexHome, env, config } : { connect, reconnect: false };
  const server = await openAppServer(options);
  const thread = await lastValueFrom(server.thread.start$({ workingDirectory: process.cwd(), sandbox: SANDBOX }));
  const start = (turn) => thread.turn$('Work.', turn);
  return { server, thread, start, close: () => server.close() };
}

const overServer = (run) => async (place) => {
  const opened = await onServer(place);
  return { ...run(opened), close: opened.close };
};

/** A server that a user has started, which listens on loopback. */
const overWebSocket = (run) => async (place) => {
  const { binary, codexHome, env, config } = place;
  const url = `ws://127.0.0.1:${await freePort()}`;
  const settings = Object.entries(config).flatMap(([key, value]) => ['-c', `${key}="${value}"`]);
  const listening = spawn(binary, [...settings, 'app-server', '--listen', url], {
    env: { ...definedOnly({ ...process.env, ...env }), CODEX_HOME: codexHome },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const pipe of [listening.stdout, listening.stderr]) pipe.on('data', (chunk) => (output += chunk));
  await waitUntil(() => output.includes('listening on'), PATIENCE);
  const relay = await openRelay(url);
  const opened = await onServer(place, { url: relay.url });
  const close = async () => {
    await opened.close();
    relay.cut();
    listening.kill('SIGKILL');
  };
  return { ...run({ ...opened, relay }), close };
};

const inHost = (end) => (place) => {
  const { binary, codexHome, env, config, folder } = place;
  const request = JSON.stringify({ binary, codexHome, env, config });
  const host = spawn(process.execPath, [import.meta.filename, '--host', request], {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { ...process.env, TMPDIR: folder, XDG_STATE_HOME: folder },
  });
  const exited = new Promise((resolve) => host.once('exit', resolve));
  return {
    end: async () => {
      end(host);
      await exited;
    },
    close: () => host.kill('SIGKILL'),
  };
};

/** As the next start of the application does. */
const reap = (run) => (place) => {
  const started = run(place);
  const end = async () => {
    await started.end();
    const { folder } = place;
    const next = spawn(process.execPath, [import.meta.filename, '--reap'], {
      stdio: 'ignore',
      env: { ...process.env, TMPDIR: folder, XDG_STATE_HOME: folder },
    });
    await new Promise((resolve) => next.once('exit', resolve));
  };
  return { ...started, end };
};

const overExec = (run) => (place) => {
  const { binary, codexHome, env, config } = place;
  const request = { binary, codexHome, env, model: config.model, sandbox: SANDBOX, prompt: 'Work.' };
  return run((options = {}) => exec$({ ...request, workingDirectory: process.cwd(), ...options }));
};

const killServer = ({ start, server }) => {
  start().subscribe(quiet);
  return { end: () => process.kill(server.info.pid, 'SIGKILL') };
};
const sigkillHost = inHost((host) => host.kill('SIGKILL'));

/** Name, over the app-server, over exec. */
const rows = [
  ['unsubscribe', overServer(({ start }) => unsubscribing(start())), overExec((start) => unsubscribing(start()))],
  ['`take(1)`', overServer(({ start }) => takeOne(start())), overExec((start) => takeOne(start()))],
  ['`signal`', overServer(({ start }) => aborting(start)), overExec(aborting)],
  ['`timeout`', overServer(({ start }) => timingOut(start)), overExec(timingOut)],
  ['`interrupt$`', overServer(interrupting), undefined],
  ['`close()` of the server', overServer(closing), undefined],
  ['the server is killed (SIGKILL)', overServer(killServer), undefined],
  ['the host exits', inHost((host) => host.stdin.end()), undefined],
  ['the host is killed (SIGKILL)', sigkillHost, undefined],
  ['the host is killed, then `reapOrphans()`', reap(sigkillHost), undefined],
  ['WebSocket: unsubscribe', overWebSocket(({ start }) => unsubscribing(start())), undefined],
  ['WebSocket: the connection is cut', overWebSocket(cutting), undefined],
];

function interrupting({ start, thread }) {
  start().subscribe(quiet);
  return { end: () => firstValueFrom(thread.interrupt$(), { defaultValue: undefined }) };
}
function closing({ start, server }) {
  start().subscribe(quiet);
  return { end: () => server.close() };
}
function cutting({ start, relay }) {
  start().subscribe(quiet);
  return { end: () => relay.cut() };
}

async function measure(binary, start) {
  const mark = randomUUID();
  const folder = mkdtempSync(join(tmpdir(), 'codex-rx-matrix-'));
  const scripted = await openScriptedModel(SCRIPT);
  const { codexHome, env, model: slug } = scripted.options;
  const alive = () =>
    findProcesses(MARK, mark)
      .filter(isAlive)
      .map(commandOf)
      .filter((command) => Object.hasOwn(COMMANDS, command));
  let isReported = false;
  const onLeftover = () => {
    isReported = true;
  };
  let run;
  try {
    run = await start({ binary, codexHome, env: { ...env, [MARK]: mark }, config: { model: slug }, folder });
    try {
      await waitUntil(() => new Set(alive()).size === Object.keys(COMMANDS).length, PATIENCE);
    } catch {
      return 'not reached';
    }
    subscribe('codex-rx:leftover', onLeftover);
    const before = performance.now();
    const ended = run.end();
    if (run.isTimed === true) await ended;
    const from = run.isTimed === true ? performance.now() : before;
    while (alive().length > 0 && performance.now() - from < BOUND) await delay(10);
    const took = Math.round(performance.now() - from);
    await ended;
    const left = alive().map((command) => COMMANDS[command]);
    // The diagnostic follows the last step.
    if (left.length > 0) await delay(1_000);
    const told = isReported ? ', reported' : '';
    return left.length === 0 ? `none after ${took} ms${told}` : `**${[...new Set(left)].sort().join(', ')}**${told}`;
  } finally {
    unsubscribe('codex-rx:leftover', onLeftover);
    await run?.close?.();
    for (const pid of findProcesses(MARK, mark)) process.kill(pid, 'SIGKILL');
    await whenIdle();
    await scripted.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function commandOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim();
  } catch {
    return '';
  }
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Relays bytes to a server, and can drop its connections. */
async function openRelay(target) {
  const { connect } = await import('node:net');
  const sockets = new Set();
  const relay = createServer((client) => {
    const upstream = connect(Number(new URL(target).port), '127.0.0.1');
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ]) {
      sockets.add(one);
      one.on('error', () => undefined).on('close', () => other.destroy());
      one.pipe(other);
    }
  });
  await new Promise((resolve) => relay.listen(0, '127.0.0.1', resolve));
  relay.unref();
  return {
    url: `ws://127.0.0.1:${relay.address().port}`,
    cut: () => {
      relay.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

const definedOnly = (env) => Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined));
const line = (cells) => `| ${cells.join(' | ')} |\n`;

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { only: { type: 'string', default: '' }, write: { type: 'boolean', default: false } },
  });
  const versions = positionals.length > 0 ? positionals : VERSIONS;
  const binaries = versions.map((version) => installedCli(version));
  if (!isLoopbackOnly()) return enterNamespace();
  let table = '';
  const print = (text) => {
    table += text;
    process.stdout.write(text);
  };
  const newest = versions.at(-1);
  print(line(['the turn ended by', ...versions, `\`codex exec\` ${newest}`]));
  print(line(['---', ...versions.map(() => '---'), '---']));
  for (const [name, onServer, onExec] of rows) {
    if (!new RegExp(values.only).test(name)) continue;
    const cells = [];
    for (const binary of binaries) cells.push(await measure(binary, onServer));
    cells.push(onExec === undefined ? '–' : await measure(binaries.at(-1), onExec));
    print(line([name, ...cells]));
  }
  if (!values.write) return;
  const page = readFileSync(PAGE, 'utf8');
  writeFileSync(
    PAGE,
    page.replace(
      /(<!-- table -->\n\n)([^]*?)(\n<!-- \/table -->)/,
      (_, start, before, end) => `${start}${merged(before, table)}${end}`,
    ),
  );
}

/** The rows of a table, those that were measured again in place of the old ones. */
function merged(before, after) {
  const nameOf = (row) => row.split(' | ')[0];
  const measured = new Map(
    after
      .trimEnd()
      .split('\n')
      .map((row) => [nameOf(row), row]),
  );
  const [head, ...rest] = before.trimEnd().split('\n');
  if (head !== after.split('\n')[0]) return after;
  return [head, ...rest].map((row) => `${measured.get(nameOf(row)) ?? row}\n`).join('');
}

function enterNamespace() {
  const command = inLoopbackOnly([process.execPath, import.meta.filename, ...process.argv.slice(2)]);
  if (command === undefined) {
    process.stderr.write('No network namespace with loopback only can be made here. These CLIs are not run.\n');
    process.exitCode = 1;
    return;
  }
  const [file, ...args] = command;
  process.exitCode = spawnSync(file, args, { stdio: 'inherit' }).status ?? 1;
}

/** The host mode of this script: an application with one turn, which exits at the end of its input. */
async function beHost(place) {
  process.stdin.resume().on('end', () => process.exit(0));
  const { start } = await onServer(place);
  merge(start(), NEVER).subscribe(quiet);
}

if (process.argv[2] === '--host') await beHost(JSON.parse(process.argv[3]));
else if (process.argv[2] === '--reap') await reapOrphans();
else await main();
