// How long a turn takes on a warm app-server, against a cold `exec$`, the raw protocol, the official SDK and
// `codex exec --remote`: they take turns in one run, and the ratios of their medians are what counts. Then the time and
// the memory of 1, 16 and 64 concurrent runs. Needs a build, no network and no key.
// Usage: npm run bench:warm [-- <rounds>]
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { createCodex, resolveBinary, whenIdle } from '@codex-rx/core';
import { model, openScriptedModel } from '@codex-rx/testing';
import { Codex as OfficialCodex } from '@openai/codex-sdk';
import { forkJoin, lastValueFrom, tap } from 'rxjs';

const rounds = Number(process.argv[2] ?? 15);
const WARM_UP = 2;
const CONCURRENT = [1, 16, 64];
const MEMORY_INTERVAL_MS = 50;
const prompt = 'Say hello.';

const folder = mkdtempSync(join(homedir(), '.cache', 'codex-rx-bench-'));
const scripted = await openScriptedModel(() => [
  model.whenever(
    () => true,
    model.say('Hello. This is an answer in a few words, which the model streams.', { deltas: true }),
  ),
]);
const options = { ...scripted.options, workingDirectory: folder, sandbox: 'read-only', timeout: 0 };
const cold = createCodex(options);
const warm = createCodex(options, { transport: 'app-server' });
const spare = createCodex(options, { transport: 'app-server', spareThreads: 1 });
const env = { ...process.env, RUST_LOG: 'error', ...options.env, CODEX_HOME: options.codexHome };
for (const name of Object.keys(env)) if (env[name] === undefined) delete env[name];
const binary = resolveBinary();

/** A server, spoken to without the SDK. */
function openRaw(args = []) {
  const child = spawn(binary, ['app-server', '-c', `model=${options.model}`, ...args], { env, stdio: 'pipe' });
  child.stderr.resume();
  const pending = new Map();
  let onNotification = () => undefined;
  createInterface({ input: child.stdout }).on('line', (line) => {
    const message = JSON.parse(line);
    if (message.id === undefined) onNotification(message);
    else pending.get(message.id)?.(message.result);
  });
  let id = 0;
  const request = (method, params) =>
    new Promise((resolve) => {
      id += 1;
      pending.set(id, resolve);
      child.stdin.write(`${JSON.stringify({ id, method, params })}\n`);
    });
  const turn = (threadId) =>
    new Promise((resolve) => {
      onNotification = ({ method, params }) => {
        if (method === 'turn/completed' && params.threadId === threadId) resolve();
      };
      void request('turn/start', { threadId, input: [{ type: 'text', text: prompt }] });
    });
  return { child, request, turn };
}

const raw = openRaw();
await raw.request('initialize', { clientInfo: { name: 'bench', version: '1' } });
raw.child.stdin.write('{"method":"initialized"}\n');
const startRaw = async () =>
  (await raw.request('thread/start', { cwd: folder, sandbox: 'read-only', approvalPolicy: 'never' })).thread.id;
const rawThread = await startRaw();
await raw.turn(rawThread);

const listening = spawn(binary, ['app-server', '--listen', 'ws://127.0.0.1:0', '-c', `model=${options.model}`], {
  env,
  stdio: 'pipe',
});
const remote = await new Promise((resolve) => {
  const find = (chunk) => {
    const url = /ws:\/\/127\.0\.0\.1:\d+/.exec(String(chunk));
    if (url !== null) resolve(url[0]);
  };
  listening.stderr.on('data', find);
  listening.stdout.on('data', find);
});

const byRemote = createCodex({ codexHome: options.codexHome, env: options.env, remote, timeout: 0 });
const official = new OfficialCodex({ codexPathOverride: binary, env });
const thread = warm.thread();
await lastValueFrom(thread.turn$(prompt));
const spareOne = () => lastValueFrom(spare.exec$({ prompt }));
await spareOne();

const contenders = {
  'cold exec$': () => lastValueFrom(cold.exec$({ prompt })),
  'official SDK': () =>
    official.startThread({ workingDirectory: folder, skipGitRepoCheck: true, sandboxMode: 'read-only' }).run(prompt),
  'codex exec --remote': () => lastValueFrom(byRemote.exec$({ prompt })),
  'raw protocol': async () => raw.turn(await startRaw()),
  'warm exec$': () => lastValueFrom(warm.exec$({ prompt })),
  'warm exec$, spareThreads': spareOne,
  'raw protocol, second turn': () => raw.turn(rawThread),
  'warm thread, second turn': () => lastValueFrom(thread.turn$(prompt)),
};

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)];
const times = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
for (let round = -WARM_UP; round < rounds; round += 1) {
  const names = Object.keys(contenders);
  // Who goes first changes.
  for (const name of round % 2 === 0 ? names : names.reverse()) {
    const start = performance.now();
    await contenders[name]();
    if (round >= 0) times[name].push(performance.now() - start);
  }
}
const base = median(times['cold exec$']);
const print = (text) => process.stdout.write(`${text}\n`);
print(`| a turn | median ms of ${rounds} | × cold exec$ |\n| --- | --- | --- |`);
for (const [name, values] of Object.entries(times))
  print(`| ${name} | ${median(values).toFixed(0)} | ${(median(values) / base).toFixed(2)} |`);

/** Milliseconds until the first text of the answer. */
async function firstText(client) {
  const start = performance.now();
  let first;
  await lastValueFrom(
    client.exec$({ prompt }).pipe(
      tap((event) => {
        const isText =
          (event.type === 'item.delta' && event.item_type === 'agent_message') ||
          (event.type === 'item.completed' && event.item.type === 'agent_message');
        if (isText) first ??= performance.now() - start;
      }),
    ),
  );
  return first;
}
const firsts = { cold: [], warm: [] };
for (let round = 0; round < rounds; round += 1) {
  firsts.cold.push(await firstText(cold));
  firsts.warm.push(await firstText(warm));
}
const [coldFirst, warmFirst] = [median(firsts.cold), median(firsts.warm)];
print('\n| the first text of the answer | median ms | × cold exec$ |\n| --- | --- | --- |');
print(`| cold exec$ (the whole message) | ${coldFirst.toFixed(0)} | 1.00 |`);
print(`| warm exec$ (a delta) | ${warmFirst.toFixed(0)} | ${(warmFirst / coldFirst).toFixed(2)} |`);

raw.child.kill();
listening.kill();
await whenIdle();

/** Memory of the processes below this one, shared pages counted once, in MiB. */
function memory() {
  let sum = 0;
  let count = 0;
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    try {
      if (!readFileSync(`/proc/${pid}/environ`, 'latin1').includes(options.codexHome)) continue;
      sum += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))?.[1] ?? 0) / 1024;
      if (/codex/.test(readFileSync(`/proc/${pid}/comm`, 'latin1'))) count += 1;
    } catch {
      // The process has exited.
    }
  }
  return { sum, count };
}

async function concurrent(client, count) {
  const peak = { sum: 0, count: 0 };
  const timer = setInterval(() => {
    const now = memory();
    peak.sum = Math.max(peak.sum, now.sum);
    peak.count = Math.max(peak.count, now.count);
  }, MEMORY_INTERVAL_MS);
  const start = performance.now();
  await lastValueFrom(forkJoin(Array.from({ length: count }, () => client.exec$({ prompt }))));
  const ms = performance.now() - start;
  clearInterval(timer);
  return { ms, ...peak };
}

print('\n| concurrent runs | transport | wall ms | processes | memory MiB | × wall | × memory |');
print('| --- | --- | --- | --- | --- | --- | --- |');
for (const count of CONCURRENT) {
  const plain = await concurrent(cold, count);
  await whenIdle();
  await lastValueFrom(warm.exec$({ prompt }));
  const served = await concurrent(warm, count);
  await whenIdle();
  const row = (name, { ms, count: processes, sum }) =>
    `| ${count} | ${name} | ${ms.toFixed(0)} | ${processes} | ${sum.toFixed(0)} |`;
  print(`${row('exec', plain)} 1.00 | 1.00 |`);
  const [wall, space] = [served.ms / plain.ms, served.sum / plain.sum].map((ratio) => ratio.toFixed(2));
  print(`${row('app-server', served)} ${wall} | ${space} |`);
}
rmSync(folder, { recursive: true, force: true });
await scripted.close();
