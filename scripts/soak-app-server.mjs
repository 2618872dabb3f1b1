// Many turns through one app-server, alternately on one thread and on new threads: the host's handles, listeners and
// heap must not grow. The memory of the server is printed only; it keeps the history of its threads.
//   npm run soak:app-server                             1,000 turns of the real server
//   npm run soak:app-server -- --turns=5000 --fake      5,000 of a server in memory
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { openAppServer } from '@codex-rx/core/app-server';
import { loadSource } from './lib/load-source.mjs';
import { openRawModel } from './lib/raw-model.mjs';

const MAX_HEAP_GROWTH_MIB = 3;
const ANSWER = 'Hello.';
const { values } = parseArgs({ options: { turns: { type: 'string', default: '1000' }, fake: { type: 'boolean' } } });
const turns = Number(values.turns);
const { manyTurns, openEcho } = await loadSource('packages/core/test/scale/turns.ts');

async function real() {
  const message = { type: 'message', role: 'assistant', id: 'msg_1', content: [{ type: 'output_text', text: ANSWER }] };
  const model = await openRawModel(Array.from({ length: turns }, () => [message]));
  const { codexHome, env, config, model: slug } = model.options;
  const server = await openAppServer({ codexHome, env, config: { ...config, model: slug } });
  try {
    const before = residentMemory(server.info.pid);
    const result = await manyTurns(server, turns, () => ANSWER);
    const after = residentMemory(server.info.pid);
    return { ...result, told: `the real server ${server.info.version} (${before} → ${after} MiB)` };
  } finally {
    await server.close();
    await model.close();
  }
}

async function fake() {
  const server = await openEcho();
  const result = await manyTurns(server, turns);
  await server.close();
  return { ...result, told: 'a server in memory' };
}

function residentMemory(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
  } catch {
    return '?';
  }
}

const start = performance.now();
const { problems, heap, states, told } = await (values.fake ? fake() : real());
const seconds = ((performance.now() - start) / 1000).toFixed(1);
const [plateau, end] = heap.map((mib) => mib.toFixed(1));
process.stdout.write(
  `${turns} turns through ${told} in ${seconds} s: heap ${plateau} MiB after a fifth of them, ${end} MiB at the end; ` +
    `handles and listeners ${JSON.stringify(states[0]) === JSON.stringify(states[1]) ? 'unchanged' : `${JSON.stringify(states)}`}\n`,
);
if (problems.length > 0) throw new Error(problems.slice(0, 10).join('\n'));
if (heap[1] - heap[0] > MAX_HEAP_GROWTH_MIB) throw new Error('the heap grew');
if (JSON.stringify(states[0]) !== JSON.stringify(states[1])) throw new Error('handles or listeners grew');
