// How long a turn takes through codex-rx, against a client of 30 lines that speaks the protocol to a server of its own;
// the two take turns in one run, and the ratio of their medians is what counts. Needs a build, no network and no key.
// Usage: npm run bench:app-server [-- <rounds>]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { resolveBinary } from '@codex-rx/core';
import { openAppServer } from '@codex-rx/core/app-server';
import { lastValueFrom } from 'rxjs';
import { openRawModel } from '../scripts/lib/raw-model.mjs';

const MAX_RATIO = 1.15;
const WARM_UP = 3;
const rounds = Number(process.argv[2] ?? 40);
const cwd = process.cwd();
const message = { type: 'message', role: 'assistant', id: 'msg_1', content: [{ type: 'output_text', text: 'Hello.' }] };
const openModel = () => openRawModel(Array.from({ length: 2 * (rounds + WARM_UP) }, () => [message]));

async function ours() {
  const model = await openModel();
  const { codexHome, env, config, model: slug } = model.options;
  const start = performance.now();
  const server = await openAppServer({ codexHome, env, config: { ...config, model: slug } });
  return {
    opened: performance.now() - start,
    startThread: () => lastValueFrom(server.thread.start$({ workingDirectory: cwd, sandbox: 'read-only' })),
    runTurn: (thread) => lastValueFrom(thread.turn$('Say hello.')),
    close: () => server.close().then(() => model.close()),
  };
}

/** Only what the protocol needs. */
async function raw() {
  const model = await openModel();
  const { codexHome, env, model: slug } = model.options;
  const start = performance.now();
  const settings = [`model="${slug}"`, `model_providers.scripted.base_url="${model.url}"`];
  const child = spawn(resolveBinary(), [...settings.flatMap((setting) => ['-c', setting]), 'app-server'], {
    env: definedOnly({ ...process.env, RUST_LOG: 'error', ...env, CODEX_HOME: codexHome }),
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const answers = new Map();
  const ends = new Map();
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop();
    for (const { id, method, result, params } of lines.map((line) => JSON.parse(line))) {
      if (method === undefined) answers.get(id)(result);
      else if (method === 'turn/completed') ends.get(params.threadId)();
    }
  });
  const send = (body) => child.stdin.write(`${JSON.stringify(body)}\n`);
  let lastId = 0;
  const request = (method, params) =>
    new Promise((resolve) => {
      lastId += 1;
      answers.set(lastId, resolve);
      send({ method, id: lastId, params });
    });
  await request('initialize', { clientInfo: { name: 'raw', title: 'raw', version: '1' } });
  send({ method: 'initialized' });
  return {
    opened: performance.now() - start,
    startThread: () => request('thread/start', { cwd, sandbox: 'read-only', approvalPolicy: 'never' }),
    runTurn: async ({ thread: { id: threadId } }) => {
      const ended = new Promise((resolve) => {
        ends.set(threadId, resolve);
      });
      await request('turn/start', { threadId, input: [{ type: 'text', text: 'Say hello.', text_elements: [] }] });
      await ended;
    },
    close: async () => {
      child.stdin.end();
      await once(child, 'exit');
      await model.close();
    },
  };
}

const definedOnly = (env) => Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined));
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)];

async function timed(work) {
  const start = performance.now();
  const result = await work();
  return { result, took: performance.now() - start };
}

const clients = { ours: await ours(), raw: await raw() };
const times = { first: { ours: [], raw: [] }, second: { ours: [], raw: [] } };
for (let round = -WARM_UP; round < rounds; round += 1) {
  // Who goes first changes.
  for (const who of round % 2 === 0 ? ['ours', 'raw'] : ['raw', 'ours']) {
    const { startThread, runTurn } = clients[who];
    const first = await timed(async () => {
      const thread = await startThread();
      await runTurn(thread);
      return thread;
    });
    const second = await timed(() => runTurn(first.result));
    if (round < 0) continue;
    times.first[who].push(first.took);
    times.second[who].push(second.took);
  }
}
for (const { close } of Object.values(clients)) await close();

process.stdout.write(`| ms, median of ${rounds} | codex-rx | raw protocol | ratio |\n| --- | --- | --- | --- |\n`);
const row = (name, own, bare) =>
  process.stdout.write(`| ${name} | ${own.toFixed(1)} | ${bare.toFixed(1)} | ${(own / bare).toFixed(3)} |\n`);
row('spawn to ready, once', clients.ours.opened, clients.raw.opened);
for (const [name, { ours: own, raw: bare }] of [
  ['turn on a new thread', times.first],
  ['second turn on a thread', times.second],
]) {
  row(name, median(own), median(bare));
  if (median(own) / median(bare) > MAX_RATIO) process.exitCode = 1;
}
