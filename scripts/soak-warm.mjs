// Many runs through the pool of a client: random unsubscribes, aborts, crashes of servers and exchanges of the binary,
// with fake servers. No event of another run, no orphan, no leak, at most `maxServers` processes.
//   npm run soak:warm [-- --runs=5000 --seed=1]
import { chmodSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { createCodex, isCodexError, whenIdle } from '@codex-rx/core';
import { from, lastValueFrom, mergeMap, Observable } from 'rxjs';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '5000' }, seed: { type: 'string', default: '1' } },
});
const RUNS = Number(values.runs);
const CONCURRENCY = 24;
const MAX_SERVERS = 3;
const ENVIRONMENTS = 5;
const RUNS_PER_SWAP = 100;
const SAMPLE_MS = 20;
const MAX_GROWTH_MIB = 40;
const MARK = 'CODEX_RX_SOAK';

const FAKE = `#!${process.execPath}
let thread = 0;
const send = (message) => process.stdout.write(JSON.stringify(message) + '\\n');
const turns = new Map();
const answer = { model: 'm', cwd: '/', approvalPolicy: 'never', sandbox: { type: 'readOnly' } };
require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  if (id === undefined) return;
  if (method === 'initialize') return send({ id, result: { userAgent: 'fake/0.171.0 (Linux)' } });
  if (method === 'thread/start') {
    thread += 1;
    const own = '00000000-0000-7000-8000-' + String(process.pid * 10000 + thread).padStart(12, '0');
    return send({ id, result: { ...answer, thread: { id: own, turns: [] } } });
  }
  if (method === 'turn/interrupt') {
    send({ id, result: {} });
    const turn = turns.get(params.threadId);
    turns.delete(params.threadId);
    if (turn) send({ method: 'turn/completed', params: { threadId: params.threadId, turn: { id: turn, items: [], status: 'interrupted' } } });
    return;
  }
  if (method !== 'turn/start') return send({ id, result: {} });
  const { threadId } = params;
  const [kind, number] = params.input[0].text.split(' ');
  const turnId = 'turn-' + number;
  turns.set(threadId, turnId);
  const note = (name, rest) => turns.has(threadId) && send({ method: name, params: { threadId, turnId, ...rest } });
  send({ id, result: { turn: { id: turnId, items: [], status: 'inProgress' } } });
  note('turn/started', { turn: { id: turnId, items: [], status: 'inProgress' } });
  const item = { type: 'agentMessage', id: 'msg-' + number, text: '' };
  note('item/started', { item });
  let deltas = 0;
  const step = () => {
    if (!turns.has(threadId)) return;
    if (deltas === 3 && kind === 'crash') process.exit(3);
    if (deltas === 3 && kind === 'hang') return;
    deltas += 1;
    if (deltas <= 5) {
      note('item/agentMessage/delta', { itemId: item.id, delta: number + ';' });
      setTimeout(step, 1);
      return;
    }
    note('item/completed', { item: { ...item, text: (number + ';').repeat(5) } });
    note('turn/completed', { turn: { id: turnId, items: [], status: 'completed' } });
    turns.delete(threadId);
  };
  step();
}).on('close', () => process.exit(0));
`;

/** mulberry32 */
let state = Number(values.seed);
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
}

const folder = mkdtempSync(join(tmpdir(), 'codex-rx-soak-'));
const binary = join(folder, 'codex');
function installBinary() {
  writeFileSync(`${binary}.new`, FAKE);
  chmodSync(`${binary}.new`, 0o700);
  renameSync(`${binary}.new`, binary);
}
installBinary();

function livingServers() {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`${MARK}=${folder}`);
    } catch {
      return false;
    }
  }).length;
}

const problems = [];
const outcomes = {};
const seen = { swaps: 0, mostServers: 0, events: 0 };
const options = { binary, workingDirectory: folder, allowInWorkspace: true, timeout: 60_000, terminateGrace: 2_000 };
const base = createCodex(
  { ...options, codexHome: join(folder, 'home'), env: { [MARK]: folder } },
  { transport: 'app-server', maxServers: MAX_SERVERS, idleStop: 500 },
);
const clients = Array.from({ length: ENVIRONMENTS }, (_, index) => base.with({ env: { VARIANT: String(index) } }));

function kindOf() {
  const value = random();
  if (value < 0.01) return 'crash';
  if (value < 0.08) return 'hang';
  if (value < 0.2) return 'leave';
  if (value < 0.25) return 'abort';
  return 'say';
}

/** Completes when the run has ended in the way of its kind. */
function run(number) {
  if (number % RUNS_PER_SWAP === 0) {
    installBinary();
    seen.swaps += 1;
  }
  const kind = kindOf();
  const client = clients[Math.floor(random() ** 2 * ENVIRONMENTS)];
  const leaveAt = Math.floor(random() * 8);
  const controller = new AbortController();
  return new Observable((subscriber) => {
    let events = 0;
    let text = '';
    const end = (outcome) => {
      if (subscriber.closed) return;
      const name = `${kind}: ${outcome}`;
      outcomes[name] = (outcomes[name] ?? 0) + 1;
      subscriber.complete();
    };
    const subscription = client.exec$({ prompt: `${kind} ${number}`, signal: controller.signal }).subscribe({
      next: (event) => {
        seen.events += 1;
        const own = event.type === 'item.delta' ? event.delta.text_delta : event.turn_id?.slice('turn-'.length);
        if (own !== undefined && own.replace(';', '') !== String(number)) problems.push(`run ${number} got ${own}`);
        if (event.type === 'item.completed' && event.item.type === 'agent_message') text = event.item.text;
        events += 1;
        if (events <= leaveAt || (kind === 'say' && event.type !== 'never')) return;
        if (kind === 'abort') controller.abort();
        if (kind === 'leave' || kind === 'hang') {
          globalThis.queueMicrotask(() => {
            subscription.unsubscribe();
            end('unsubscribed');
          });
        }
      },
      error: (error) => {
        if (!isCodexError(error)) problems.push(`run ${number}: ${String(error)}`);
        end(error.code ?? String(error));
      },
      complete: () => {
        if (text !== `${number};`.repeat(5)) problems.push(`run ${number} answers ${text}`);
        end('completed');
      },
    });
    // A hanging turn may emit fewer events than the run waits for.
    if (kind === 'hang')
      setTimeout(() => {
        if (subscription.closed) return;
        subscription.unsubscribe();
        end('unsubscribed');
      }, 2_000).unref();
  });
}

const sampler = setInterval(() => {
  seen.mostServers = Math.max(seen.mostServers, livingServers());
}, SAMPLE_MS);
const heap = () => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1024 / 1024;
};
const hostListeners = () => process.listenerCount('exit') + process.listenerCount('SIGINT');
const listenersBefore = hostListeners();
const start = performance.now();
const numbers = (count, first) => from(Array.from({ length: count }, (_, index) => first + index));
const warmUp = Math.ceil(RUNS / 5);
await lastValueFrom(numbers(warmUp, 1).pipe(mergeMap(run, CONCURRENCY)), { defaultValue: undefined });
await whenIdle();
const before = heap();
await lastValueFrom(numbers(RUNS - warmUp, warmUp + 1).pipe(mergeMap(run, CONCURRENCY)), { defaultValue: undefined });
await whenIdle();
const grown = heap() - before;
clearInterval(sampler);
const seconds = (performance.now() - start) / 1_000;

if (livingServers() > 0) problems.push(`${livingServers()} processes remain`);
if (seen.mostServers > MAX_SERVERS) problems.push(`${seen.mostServers} servers at the same time`);
if (grown > MAX_GROWTH_MIB) problems.push(`the heap grew by ${grown.toFixed(1)} MiB`);
const listeners = hostListeners() - listenersBefore;
if (listeners > 0) problems.push(`${listeners} listeners remain`);
console.log(`${RUNS} runs in ${seconds.toFixed(0)} s, ${seen.events} events, ${seen.swaps} exchanges of the binary`);
console.log(`at most ${seen.mostServers} of ${MAX_SERVERS} servers; the heap grew by ${grown.toFixed(1)} MiB`);
console.log(outcomes);
rmSync(folder, { recursive: true, force: true });
for (const problem of problems.slice(0, 20)) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
