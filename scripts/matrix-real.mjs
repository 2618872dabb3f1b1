// Versions of the real CLI × transports × what the agent is at × how its run ends: what is alive afterwards. A table as
// Markdown.
//   npm run matrix:real                              all versions, both transports
//   npm run matrix:real -- 0.150.1                   these
//   npm run matrix:real -- --only=host               the rows that match
//   npm run matrix:real -- --transport=app-server    one transport
// Versions are installed on demand. They run in a network namespace that has loopback only, or not at all: older ones
// look up hosts at each start in spite of their configuration. Linux only.
import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createCodex, exec$, reapOrphans, run$, whenIdle } from '@codex-rx/core';
import { model, openScriptedModel } from '@codex-rx/testing';
import { findProcesses, isAlive, waitUntil } from '@codex-rx/testing/processes';
import { installedCli } from './installed-cli.mjs';
import { inLoopbackOnly, isLoopbackOnly } from './loopback-only.mjs';

const VERSIONS = ['0.98.0', '0.125.0', '0.150.1', '0.171.0'];
const TRANSPORTS = ['exec', 'app-server'];
const MARK = 'RX_MATRIX_MARK';
/** Nothing may be alive later than this (ms) after the end. */
const BOUND = 6_000;
/** Milliseconds until the agent must be at it. */
const PATIENCE = 30_000;

/** A job, a command that ignores signals, a daemon, and the command that the agent waits for. */
const FAMILY =
  "sleep 301 & (trap '' INT TERM HUP; exec sleep 302) & (setsid nohup sleep 303 >/dev/null 2>&1 &); sleep 304";
const FAMILY_SLEEPS = ['301', '302', '303', '304'];

/** The activity of the agent when its run ends: the model's responses, and how to detect that state. */
const situations = {
  start: { script: [model.hang()], isThere: ({ requests }) => requests > 0 },
  reasoning: {
    script: [[model.think('Let me see.'), model.hang()]],
    isThere: ({ requests, types }) => requests > 0 && types.includes('turn.started'),
  },
  foreground: { script: [model.run(FAMILY), model.hang()], isThere: sleeping(FAMILY_SLEEPS) },
  sandboxed: {
    script: [model.run('sleep 304'), model.hang()],
    options: { sandbox: 'workspace-write' },
    isThere: sleeping(['304']),
  },
  background: {
    script: [model.run(FAMILY, { background: true }), model.hang()],
    isThere: (seen) => sleeping(FAMILY_SLEEPS)(seen) && seen.requests > 1,
  },
  mcp: {
    script: [model.mcp('slow', 'wait'), model.hang()],
    mcpServers: { slow: { tools: { wait: { text: 'done', delay: 300_000 } } } },
    isThere: ({ types }) => types.includes('item.started'),
  },
  finished: { script: [model.say('Done.')], isThere: ({ types }) => types.includes('turn.completed') },
  finishedWithBackground: {
    script: [model.run(FAMILY, { background: true }), model.say('Done.')],
    options: { reapAfterTurn: true },
    isThere: ({ types }) => types.includes('turn.completed'),
  },
};

function sleeping(seconds) {
  return ({ commands }) => seconds.every((one) => commands.some((command) => command.endsWith(`sleep ${one}`)));
}

const rows = [
  ['unsubscribed before the first event', 'start', unsubscribed({ atOnce: true })],
  ['unsubscribed during reasoning', 'reasoning', unsubscribed()],
  ['unsubscribed during a command, full access', 'foreground', unsubscribed()],
  ['unsubscribed during a command, sandboxed', 'sandboxed', unsubscribed()],
  ['unsubscribed with a command in the background', 'background', unsubscribed()],
  ['unsubscribed during an MCP call', 'mcp', unsubscribed()],
  ['unsubscribed after the end of the turn', 'finished', unsubscribed(), 20_000],
  ['turn ended, command in the background, `reapAfterTurn`', 'finishedWithBackground', completed(), 20_000],
  ['aborted during a command', 'foreground', aborted()],
  ['timed out during a command', 'foreground', timedOut(8_000)],
  ['host: SIGINT', 'foreground', inHost((host) => host.kill('SIGINT'))],
  ['host: SIGTERM', 'foreground', inHost((host) => host.kill('SIGTERM'))],
  ['host: process.exit()', 'foreground', inHost((host) => host.stdin.end())],
  ['host: SIGKILL, then `reapOrphans()`', 'foreground', inHost((host) => host.kill('SIGKILL'), { reap: true })],
];

/** The runs of a transport. A warm server is closed with its last run, so that nothing of it may be alive. */
const runsOver = (transport) => (transport === 'exec' ? { exec$, run$ } : createCodex({}, { transport, idleStop: 0 }));

const quiet = { next: () => undefined, error: () => undefined };

/** Each starts a run, and gives what ends it; `types` gets the types of its events. `runs` are those of a transport. */
function unsubscribed({ atOnce = false } = {}) {
  return (request, types, { runs }) => {
    let subscription;
    const left = new Promise((resolve) => {
      subscription = runs.run$(request).subscribe({
        ...quiet,
        next: (signal) => {
          if (signal.type === 'event') types.push(signal.event.type);
          // The process has just been started.
          if (atOnce && signal.type === 'started') setTimeout(resolve, 5);
        },
      });
    });
    return { ready: atOnce ? left : undefined, end: () => subscription.unsubscribe() };
  };
}

function ended(source$, types) {
  return new Promise((resolve) => {
    source$.subscribe({ next: ({ type }) => types.push(type), error: resolve, complete: resolve });
  });
}

function completed() {
  return (request, types, { runs }) => ({
    end: (
      (end) => () =>
        end
    )(ended(runs.exec$(request), types)),
    isTimed: true,
  });
}

function aborted() {
  return (request, types, { runs }) => {
    const controller = new AbortController();
    ended(runs.exec$({ ...request, signal: controller.signal }), types);
    return { end: () => controller.abort() };
  };
}

function timedOut(timeout) {
  return (request, types, { runs }) => ({
    end: (
      (end) => () =>
        end
    )(ended(runs.exec$({ ...request, timeout }), types)),
    isTimed: true,
  });
}

function inHost(end, { reap = false } = {}) {
  return (request, _types, place) => {
    const host = spawn(process.execPath, [import.meta.filename, '--host', JSON.stringify(request), place.transport], {
      stdio: ['pipe', 'ignore', 'ignore'],
      env: { ...process.env, TMPDIR: place.tmp },
    });
    const exited = new Promise((resolve) => host.once('exit', resolve));
    return {
      end: async () => {
        end(host);
        await exited;
        if (reap) await reapIn(place);
      },
      close: () => host.kill('SIGKILL'),
    };
  };
}

/** As the next start of the application does. */
async function reapIn({ tmp }) {
  const next = spawn(process.execPath, [import.meta.filename, '--reap'], {
    stdio: 'ignore',
    env: { ...process.env, TMPDIR: tmp },
  });
  await new Promise((resolve) => next.once('exit', resolve));
}

function commandOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim();
  } catch {
    return '';
  }
}

async function measure({ binary, transport }, situation, start, bound) {
  const mark = randomUUID();
  const living = () => findProcesses(MARK, mark).filter(isAlive);
  const scripted = await openScriptedModel(situation.script, { mcpServers: situation.mcpServers ?? {} });
  const tmp = mkdtempSync(join(tmpdir(), 'codex-rx-matrix-'));
  const place = { tmp, transport, runs: runsOver(transport) };
  const types = [];
  let run;
  try {
    run = start(
      {
        ...scripted.options,
        binary,
        env: { ...scripted.options.env, [MARK]: mark },
        sandbox: 'danger-full-access',
        workingDirectory: process.cwd(),
        prompt: 'Work.',
        ...situation.options,
      },
      types,
      place,
    );
    const see = () => ({ requests: scripted.requests.length, types, commands: living().map(commandOf) });
    try {
      await (run.ready ?? waitUntil(() => situation.isThere(see()), PATIENCE));
    } catch {
      return { text: `not reached (${types.at(-1) ?? 'no event'})`, isGood: false };
    }
    const before = performance.now();
    await run.end();
    const from = run.isTimed === true ? performance.now() : before;
    while (living().length > 0 && performance.now() - from < bound) await delay(10);
    const took = Math.round(performance.now() - from);
    const left = living().map(commandOf);
    const isGood = left.length === 0;
    return { text: isGood ? `none after ${took} ms` : `**${left.length} left**: ${left.sort().join(', ')}`, isGood };
  } finally {
    run?.close?.();
    for (const pid of living()) process.kill(pid, 'SIGKILL');
    await whenIdle();
    await scripted.close();
    rmSync(tmp, { recursive: true, force: true });
  }
}

const line = (cells) => `| ${cells.join(' | ')} |\n`;

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { only: { type: 'string', default: '' }, transport: { type: 'string' } },
  });
  const versions = positionals.length > 0 ? positionals : VERSIONS;
  const transports = values.transport === undefined ? TRANSPORTS : [values.transport];
  const columns = versions.flatMap((version) =>
    transports.map((transport) => ({ binary: installedCli(version), transport, title: `${version} ${transport}` })),
  );
  if (!isLoopbackOnly()) return enterNamespace();
  process.stdout.write(line(['alive after', ...columns.map(({ title }) => title)]));
  process.stdout.write(line(['---', ...columns.map(() => '---')]));
  let isGood = true;
  for (const [name, situation, start, bound = BOUND] of rows) {
    if (!new RegExp(values.only).test(name)) continue;
    const cells = [];
    for (const column of columns) cells.push(await measure(column, situations[situation], start, bound));
    process.stdout.write(line([name, ...cells.map(({ text }) => text)]));
    isGood &&= cells.every((cell) => cell.isGood);
  }
  process.exitCode = isGood ? 0 : 1;
}

function enterNamespace() {
  const command = inLoopbackOnly([process.execPath, import.meta.filename, ...process.argv.slice(2)]);
  if (command === undefined) {
    process.stderr.write(
      'No loopback-only network namespace can be made here (Linux: `unshare --net`). These CLIs are not run.\n',
    );
    process.exitCode = 1;
    return;
  }
  const [file, ...args] = command;
  process.exitCode = spawnSync(file, args, { stdio: 'inherit' }).status ?? 1;
}

/** The host mode of this script: an application with one run, which exits at the end of its input. */
function beHost(request, transport) {
  runsOver(transport).exec$(request).subscribe(quiet);
  process.stdin.resume().on('end', () => process.exit(0));
}

if (process.argv[2] === '--host') beHost(JSON.parse(process.argv[3]), process.argv[4]);
else if (process.argv[2] === '--reap') await reapOrphans();
else await main();
