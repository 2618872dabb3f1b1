// A server on one machine, and a client on another one: two network namespaces with a link between them. The link is
// cut in the middle of the turn, and the turn continues. Where namespaces are not allowed, both use loopback.
import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createCodex, resolveBinary } from '@codex-rx/core';
import { model } from '@codex-rx/testing';
import { openSource } from '../support/source.js';

const { CLIENT, MACHINE } = process.env;
if (CLIENT !== undefined) await runClient(JSON.parse(CLIENT) as Call);
else if (MACHINE !== undefined || process.argv.includes('--live')) await runServer();
else enterMachine();

interface Call {
  readonly url: string;
  readonly token: string;
  readonly folder: string;
  readonly model: string | undefined;
}

/** The client knows the address and the token, and a folder on the machine of the server. */
async function runClient({ url, token, folder, model: slug }: Call) {
  const codex = createCodex({ model: slug }, { transport: 'app-server', connect: { url, token } });
  const request = { prompt: 'Count to six.', workingDirectory: folder, sandbox: 'danger-full-access' } as const;
  await codex.exec$(request).forEach((event) => {
    if (event.type === 'item.delta') process.stdout.write(event.delta.output_delta ?? '');
    if (event.type === 'item.completed' && event.item.type === 'agent_message') console.log(event.item.text);
  });
}

/** Starts this program again in a network namespace of its own, the machine of the server. */
function enterMachine() {
  const ways = [['--net'], ['--user', '--map-root-user', '--net']];
  const setUp = 'ip link set lo up && ip link add rx0 type veth peer name rx1 && ip addr add 10.77.0.1/24 dev rx0';
  const start = `${setUp} && ip link set rx0 up && exec "$@"`;
  const isAllowed = (way: readonly string[]) =>
    process.platform === 'linux' && spawnSync('unshare', [...way, 'sh', '-c', setUp]).status === 0;
  const way = ways.find(isAllowed);
  if (way === undefined) console.log('No network namespaces here (Linux, `unshare --net`): the link is not cut.');
  const own = [process.execPath, import.meta.filename, ...process.argv.slice(2)];
  const command = way === undefined ? own : ['unshare', ...way, 'sh', '-c', start, 'sh', ...own];
  const [file = '', ...args] = command;
  const env = { ...process.env, MACHINE: way === undefined ? '127.0.0.1' : '10.77.0.1' };
  process.exitCode = spawnSync(file, args, { stdio: 'inherit', env }).status ?? 1;
}

async function runServer() {
  const count = 'for number in 1 2 3 4 5 6; do sleep 0.5; echo $number; done';
  await using source = await openSource({ script: [model.run(count), model.say('Counted.')] });
  const { binary, codexHome, env, model: slug } = source.options;
  const host = MACHINE ?? '127.0.0.1';
  const token = randomUUID();
  const tokenFile = join(source.scratch, 'token');
  writeFileSync(tokenFile, token, { mode: 0o600 });
  const args = [
    'app-server',
    '--listen',
    `ws://${host}:0`,
    '--ws-auth',
    'capability-token',
    '--ws-token-file',
    tokenFile,
  ];
  const server = spawn(resolveBinary({ binary }), args, {
    env: { ...process.env, ...env, ...(codexHome === undefined ? {} : { CODEX_HOME: codexHome }) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  server.stderr.on('data', (chunk) => {
    output += String(chunk);
  });
  const gone = new Promise((resolve) => server.once('exit', resolve));
  let url: string | undefined;
  while (url === undefined && server.exitCode === null) {
    await delay(20);
    [, url] = /listening on:?\s+(ws:\S+)/.exec(output) ?? [];
  }
  if (url === undefined) throw new Error(output);
  await useClient({ url, token, folder: source.folder, model: slug }, host !== '127.0.0.1');
  server.kill('SIGKILL');
  await gone;
}

/** Starts the client on its machine, and cuts the link while it shows the turn. */
async function useClient(call: Call, hasLink: boolean) {
  const setUp = 'read ready; ip link set lo up; ip addr add 10.77.0.2/24 dev rx1; ip link set rx1 up; exec "$@"';
  const own = [process.execPath, import.meta.filename, ...process.argv.slice(2)];
  const command = hasLink ? ['unshare', '--net', 'sh', '-c', setUp, 'sh', ...own] : own;
  const [file = '', ...args] = command;
  const env = { ...process.env, CLIENT: JSON.stringify(call) };
  const client = spawn(file, args, { stdio: ['pipe', 'pipe', 'inherit'], env });
  const ended = new Promise((resolve) => client.once('close', resolve));
  client.stdout.pipe(process.stdout, { end: false });
  if (hasLink) {
    const namespace = (pid: number | 'self' | undefined) => readlinkSync(`/proc/${String(pid)}/ns/net`);
    while (namespace(client.pid) === namespace('self')) await delay(10);
    spawnSync('ip', ['link', 'set', 'rx1', 'netns', String(client.pid)]);
    client.stdin.end('ready\n');
    await new Promise((resolve) => client.stdout.once('data', resolve));
    spawnSync('ip', ['link', 'set', 'rx0', 'down']);
    console.log('The link is cut.');
    await delay(1_500);
    console.log('The link is back.');
    spawnSync('ip', ['link', 'set', 'rx0', 'up']);
  }
  await ended;
}
