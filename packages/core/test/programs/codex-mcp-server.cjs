// A stand-in for `codex mcp-server` of CLI 0.150.1. Arguments: a behavior, and a file for the answers to its requests.
const { appendFileSync } = require('node:fs');
const { createInterface } = require('node:readline');

const [mode, answers, ...argv] = process.argv.slice(2);
if (argv.includes('--version')) {
  process.stdout.write('codex-cli 0.150.1\n');
  process.exit(0);
}

const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
const record = (answer) => appendFileSync(answers, `${JSON.stringify(answer)}\n`);
const emit = (requestId, threadId, msg) =>
  send({ method: 'codex/event', params: { _meta: { requestId, threadId }, id: 'turn-1', msg } });
const finish = (id, threadId) => {
  emit(id, threadId, { type: 'task_complete', turn_id: 'turn-1', last_agent_message: 'Done.' });
  send({
    id,
    result: { content: [{ type: 'text', text: 'Done.' }], structuredContent: { threadId, content: 'Done.' } },
  });
};
const approval = {
  threadId: 'thread-1',
  message: 'Allow?',
  requestedSchema: { type: 'object', properties: {} },
  codex_elicitation: 'exec-approval',
  codex_event_id: 'turn-1',
  codex_call_id: 'call_1',
  codex_command: ['/bin/bash', '-lc', 'echo one'],
  codex_cwd: '/work',
  codex_parsed_cmd: [{ type: 'list_files' }],
};
const questions = [
  { method: 'elicitation/create', params: { threadId: 'thread-1', message: 'Your name?' } },
  { method: 'ping' },
  { method: 'roots/list' },
];
let call;
let asked = 0;

function start(id, threadId) {
  call = id;
  emit(id, threadId, { type: 'session_configured', session_id: threadId });
  emit(id, threadId, { type: 'task_started', turn_id: 'turn-1' });
}

function ask() {
  if (mode === 'questions' && asked === questions.length) return finish(call, 'thread-1');
  if (mode !== 'questions' && asked === 1) return mode === 'approval' ? finish(call, 'thread-1') : undefined;
  send({
    id: asked,
    ...(mode === 'questions' ? questions[asked] : { method: 'elicitation/create', params: approval }),
  });
  asked += 1;
}

const calls = {
  approval: (id) => {
    start(id, 'thread-1');
    emit(id, 'thread-1', { type: 'exec_approval_request', call_id: 'call_1', reason: 'Because.' });
    ask();
  },
  questions: (id) => {
    start(id, 'thread-1');
    ask();
  },
  cancel: (id) => {
    start(id, 'thread-1');
    ask();
  },
  hang: (id) => start(id, 'thread-1'),
  dies: (id) => {
    start(id, 'thread-1');
    process.stderr.write('Error: the disk is full\n');
    process.exitCode = 3;
    process.stdin.destroy();
  },
  garbage: (id) => {
    process.stdout.write('hello\n{}\n[1]\n');
    emit(99, 'other', { type: 'task_started' });
    send({ method: 'codex/event', params: null });
    start(id, 'thread-1');
    emit(id, 'thread-1', { type: 7 });
    emit(id, 'thread-1', { type: 'item_completed', item: 5 });
    finish(id, 'thread-1');
  },
  parallel: (id, { prompt }) => {
    start(id, `thread-${prompt}`);
    setTimeout(() => finish(id, `thread-${prompt}`), 50);
  },
  'silent-call': () => undefined,
};

createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params, result, error } = JSON.parse(line);
  if (method === 'initialize') {
    send({
      id,
      result: {
        protocolVersion: params.protocolVersion,
        capabilities: {},
        serverInfo: { name: 'codex-mcp-server', version: '0.150.1' },
      },
    });
  } else if (method === 'tools/call') calls[mode](id, params.arguments);
  else if (method === 'notifications/cancelled' && mode === 'cancel') {
    record({ cancelled: params.requestId === call });
    emit(call, 'thread-1', { type: 'turn_aborted', turn_id: 'turn-1', reason: 'interrupted' });
  } else if (method === undefined) {
    record(result ?? error);
    ask();
  }
});
