// Records the messages between codex-rx and real app-servers, for the tests of the mapping.
//   npm run transcripts:record -- 0.150.1      writes packages/core/test/app-server/transcripts/0.150.1
// Versions are installed on demand. They run in a network namespace that has loopback only, or not at all.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { openAppServer } from '@codex-rx/core/app-server';
import { model, openScriptedModel } from '@codex-rx/testing';
import { filter, firstValueFrom, lastValueFrom, of, Subject, toArray } from 'rxjs';
import { installedCli } from './installed-cli.mjs';
import { inLoopbackOnly, isLoopbackOnly } from './loopback-only.mjs';

const FOLDER = join(import.meta.dirname, '..', 'packages', 'core', 'test', 'app-server', 'transcripts');
const MAX_TEXT = 400;
const USAGE = model.usage({ input: 120, cached: 20, output: 30, reasoning: 5 });
const say = (text) => [USAGE, model.say(text, { deltas: true })];
const run = (command) => [USAGE, model.run(command)];
const FREE = { sandbox: 'danger-full-access', approvalPolicy: 'never' };
const ASKING = { sandbox: 'danger-full-access', approvalPolicy: 'untrusted' };
const REVIEW = {
  findings: [
    {
      title: '[P2] Prefer const',
      body: 'b is never reassigned.',
      confidence_score: 0.7,
      priority: 2,
      code_location: { absolute_file_path: '/home/user/project/r.ts', line_range: { start: 2, end: 2 } },
    },
  ],
  overall_correctness: 'patch is correct',
  overall_explanation: 'Fine.',
  overall_confidence_score: 0.9,
};

const all = (source$) => lastValueFrom(source$.pipe(toArray()), { defaultValue: [] });
const settle = (source$) => all(source$).catch(() => undefined);
const turns = (prompts) => async (server, options) => {
  const thread = await lastValueFrom(server.thread.start$(options));
  for (const prompt of prompts) await settle(thread.turn$(prompt));
};

/** Per case the script of the model, what the client does, and how it answers approvals, in their order. */
const cases = {
  basic: {
    script: [
      [
        USAGE,
        model.think('**Plan**\n\nList.'),
        model.say('I will list the files.', { deltas: true }),
        model.run(listing()),
      ],
      say('There are three lines.'),
    ],
    play: turns(['List the files']),
  },
  'command-approval': {
    script: [run('touch a'), run('touch b'), run('touch c'), run('touch c'), say('Done.')],
    approvals: ['accept', 'decline', 'acceptForSession', 'accept'],
    options: ASKING,
    play: turns(['Touch files']),
  },
  'filechange-approval': {
    script: [
      [USAGE, model.patch('*** Add File: a.txt\n+one')],
      [USAGE, model.patch('*** Add File: b.txt\n+one')],
      say('Done.'),
    ],
    approvals: ['accept', 'decline'],
    options: ASKING,
    play: turns(['Add files']),
  },
  interrupt: {
    script: [run('echo start; sleep 30'), say('Never.')],
    play: async (server, options) => {
      const thread = await lastValueFrom(server.thread.start$(options));
      const ended = settle(thread.turn$('Sleep'));
      await firstValueFrom(thread.events$.pipe(filter(({ item }) => item?.type === 'command_execution')));
      await firstValueFrom(thread.interrupt$(), { defaultValue: undefined });
      await ended;
    },
  },
  'plan-mcp-search': {
    mcpServers: { demo: { tools: { echo: 'hello', fail: { error: 'no' } } } },
    script: [
      [USAGE, model.search('codex'), model.todos({ one: 'completed', two: 'in_progress' })],
      [USAGE, model.mcp('demo', 'echo', { text: 'hello' })],
      [USAGE, model.mcp('demo', 'fail')],
      [USAGE, model.patch('*** Add File: a.txt\n+one')],
      [USAGE, model.todos({ one: 'completed', two: 'completed' })],
      say('Done.'),
    ],
    play: turns(['Work']),
  },
  misc: {
    script: [say('Hello.'), [USAGE, model.say(JSON.stringify(REVIEW))]],
    play: async (server, options) => {
      const thread = await lastValueFrom(server.thread.start$(options));
      await settle(thread.turn$('Say hello'));
      await all(server.thread.setName$(thread.id, 'A name'));
      await all(server.config$());
      const target = { type: 'custom', instructions: 'Review.' };
      const ended = firstValueFrom(server.notifications$.pipe(filter(({ method }) => method === 'turn/completed')));
      await all(server.request$('review/start', { threadId: thread.id, target, delivery: 'inline' }));
      await ended;
      await all(server.thread.archive$(thread.id));
    },
  },
  'turn-failed': {
    script: [model.fail('bad_request'), model.fail('context_overflow'), model.fail('usage_limit')],
    play: turns(['1', '2', '3']),
  },
  steer: {
    script: [run('echo start; sleep 1'), say('Done.')],
    play: async (server, options) => {
      const thread = await lastValueFrom(server.thread.start$(options));
      const ended = settle(thread.turn$('Work'));
      await firstValueFrom(thread.events$.pipe(filter(({ item }) => item?.type === 'command_execution')));
      await settle(thread.steer$('And more'));
      await ended;
    },
  },
};

function listing() {
  return 'sleep 0.5; echo a; sleep 0.3; echo b; echo c';
}

/** A server whose messages are recorded. */
function recordingTransport({ binary, scripted, record }) {
  const { codexHome, env, model: slug } = scripted.options;
  const merged = Object.entries({ ...process.env, ...env, CODEX_HOME: codexHome });
  const child = spawn(binary, ['-c', `model="${slug}"`, 'app-server'], {
    env: Object.fromEntries(merged.filter(([, value]) => value !== undefined)),
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const exited = once(child, 'exit');
  const messages$ = new Subject();
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop();
    for (const line of lines) {
      record('<', line);
      messages$.next(line);
    }
  });
  return {
    messages$,
    send: (text) => {
      record('>', text);
      child.stdin.write(`${text}\n`);
    },
    close: async () => {
      child.stdin.end();
      setTimeout(() => child.kill('SIGKILL'), 5_000).unref();
      await exited;
      messages$.complete();
    },
  };
}

async function recordCase(binary, { script, mcpServers = {}, approvals = [], options = FREE, play }) {
  const work = mkdtempSync(join(tmpdir(), 'codex-rx-transcript-'));
  const scripted = await openScriptedModel(script, { mcpServers });
  const lines = [];
  const clean = (text) =>
    [
      [work, '/home/user/project'],
      [scripted.options.codexHome, '/home/user/.codex'],
      [hostname(), 'devbox'],
      [process.execPath, '/usr/bin/node'],
    ].reduce((whole, [own, general]) => whole.replaceAll(own, general), text);
  const record = (dir, text) => {
    const msg = JSON.parse(clean(text), (_key, value) =>
      typeof value === 'string' && value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT)}…` : value,
    );
    delete msg.emittedAtMs;
    lines.push(JSON.stringify({ dir, msg }));
  };
  const answers = [...approvals];
  const server = await openAppServer({
    connect: { transport: recordingTransport({ binary, scripted, record }) },
    approvals: () => of(answers.shift() ?? 'decline'),
  });
  try {
    await play(server, { ...options, workingDirectory: work });
  } finally {
    await server.close();
    await scripted.close();
    rmSync(work, { recursive: true, force: true });
  }
  return lines;
}

async function main() {
  const versions = process.argv.slice(2);
  const binaries = versions.map((version) => [version, installedCli(version)]);
  if (!isLoopbackOnly()) return enterNamespace();
  for (const [version, binary] of binaries) {
    mkdirSync(join(FOLDER, version), { recursive: true });
    for (const [name, one] of Object.entries(cases)) {
      const lines = await recordCase(binary, one);
      writeFileSync(join(FOLDER, version, `${name}.jsonl`), `${lines.join('\n')}\n`);
      process.stdout.write(`${version} ${name}: ${lines.length} messages\n`);
    }
  }
}

function enterNamespace() {
  const command = inLoopbackOnly([process.execPath, import.meta.filename, ...process.argv.slice(2)]);
  if (command === undefined) throw new Error('No network namespace with loopback only can be made here.');
  const [file, ...args] = command;
  process.exitCode = spawnSync(file, args, { stdio: 'inherit' }).status ?? 1;
}

await main();
