// Forks a session and runs a turn on the fork. `codex exec fork` exists since 0.150; the app-server forks before, too.
import { spawn } from 'node:child_process';
import process from 'node:process';
import { createInterface } from 'node:readline';

/** Resolves when the turn has ended and the server has exited. */
export async function forkSession({ binary, codexHome, env, cwd, threadId, prompt, config = [] }) {
  const server = spawn(binary, ['app-server', ...config], {
    cwd,
    env: { PATH: process.env.PATH, ...env, CODEX_HOME: codexHome },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const exited = new Promise((resolve) => server.once('exit', resolve));
  const waiting = new Map();
  const ended = deferred();
  createInterface({ input: server.stdout }).on('line', (line) => {
    const message = JSON.parse(line);
    if (message.method === 'turn/completed') ended.resolve();
    if (message.method !== undefined) return;
    const call = waiting.get(message.id);
    if (message.error !== undefined) call?.reject(new Error(message.error.message));
    else call?.resolve(message.result);
  });
  const request = (method, params) => {
    const id = waiting.size + 1;
    const call = deferred();
    waiting.set(id, call);
    server.stdin.write(`${JSON.stringify({ id, method, params })}\n`);
    return call.promise;
  };
  await request('initialize', { clientInfo: { name: 'codex-rx', title: 'codex-rx', version: '0.0.0' } });
  server.stdin.write(`${JSON.stringify({ method: 'initialized' })}\n`);
  const { thread } = await request('thread/fork', { threadId });
  await request('turn/start', { threadId: thread.id, input: [{ type: 'text', text: prompt, text_elements: [] }] });
  await ended.promise;
  server.stdin.end();
  await exited;
}

/** `Promise.withResolvers`, which Node.js 20 lacks. */
function deferred() {
  const result = {};
  result.promise = new Promise((resolve, reject) => Object.assign(result, { resolve, reject }));
  return result;
}
