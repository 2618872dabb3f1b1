'use strict';
// A server in place of `codex app-server` that runs each turn with a program that behaves like `codex exec`: the fake
// CLIs of the conformance cases. Their events become notifications; the server ends as the program ends.
const { spawn } = require('node:child_process');
const process = require('node:process');
const { createInterface } = require('node:readline');

const ITEM_TYPES = { agent_message: 'agentMessage', command_execution: 'commandExecution' };
const THREAD = '01a205c4-69f5-7682-91b9-0f9fa5d429a7';
const TURN = 'turn-1';
const REST_MS = 500;

/** @param {string} binary the program */
module.exports = (binary) => {
  if (process.argv.includes('--version')) return void process.stdout.write('codex-cli 0.171.0\n');
  let program;
  let isOver = true;
  const write = (text) => process.stdout.write(`${text}\n`);
  const send = (message) => write(JSON.stringify(message));
  const notify = (method, params) => send({ method, params: { threadId: THREAD, turnId: TURN, ...params } });
  const turn = (status, error) => ({ id: TURN, items: [], status, error: error ?? null });

  function endTurn(status, error) {
    if (isOver) return;
    isOver = true;
    notify('turn/completed', { turn: turn(status, error) });
  }

  /** Sends the notification for a line of the program. */
  function relay(line) {
    if (isOver) return;
    let event;
    try {
      event = JSON.parse(line);
    } catch {
      write(line);
      return;
    }
    const { type, item, message, error } = event ?? {};
    if (type === 'thread.started' || type === 'turn.started') return;
    if (type === 'turn.completed') endTurn('completed');
    else if (type === 'turn.failed') endTurn('failed', { message: error?.message, codexErrorInfo: 'other' });
    else if (type === 'error') notify('error', { error: { message }, willRetry: false });
    else if (type === 'item.started' || type === 'item.completed')
      notify(type.replace('.', '/'), { item: toItem(item) });
    else notify(String(type).replace('.', '/'), event);
  }

  function toItem(item) {
    if (typeof item !== 'object' || item === null) return item;
    const { type, aggregated_output: aggregatedOutput, exit_code: exitCode, ...rest } = item;
    const status = item.status === 'in_progress' ? 'inProgress' : item.status;
    return { ...rest, type: ITEM_TYPES[type] ?? type, status, aggregatedOutput, exitCode, cwd: process.cwd() };
  }

  function start({ input, cwd = process.cwd() }) {
    isOver = false;
    notify('turn/started', { turn: turn('inProgress') });
    program = spawn(binary, ['exec', '--json', '-'], {
      cwd,
      // The group of a command; its daemons are known by the variable.
      detached: true,
      env: { ...process.env, CODEX_THREAD_ID: THREAD },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    program.on('error', () => process.exit(1));
    program.stdin.on('error', () => undefined);
    program.stdin.end(input.map(({ text }) => text).join('\n'));
    createInterface({ input: program.stdout }).on('line', relay);
    program.on('exit', (code, signal) => {
      const finish = () => {
        if (!isOver) end(code, signal);
      };
      // The rest of the output comes first. A child may keep the pipe open.
      program.once('close', finish);
      setTimeout(finish, REST_MS);
    });
  }

  function end(code, signal) {
    if (signal === null) process.exit(code);
    process.kill(process.pid, signal);
  }

  function interrupt() {
    try {
      process.kill(-program.pid, 'SIGKILL');
    } catch {
      // The program has exited.
    }
    endTurn('interrupted');
  }

  const thread = (cwd) => ({
    thread: { id: THREAD, turns: [], cwd, status: { type: 'idle' } },
    ...{ model: 'fake', modelProvider: 'fake', cwd, approvalPolicy: 'never', sandbox: { type: 'readOnly' } },
  });
  let folder = process.cwd();
  const answers = {
    initialize: () => ({ userAgent: 'fake/0.171.0 (Linux)', codexHome: '/fake', platformOs: 'linux' }),
    'thread/start': ({ cwd = folder }) => {
      folder = cwd;
      return thread(cwd);
    },
    'turn/start': (params) => {
      setImmediate(start, { ...params, cwd: folder });
      return { turn: turn('inProgress') };
    },
    'turn/interrupt': () => {
      setImmediate(interrupt);
      return {};
    },
  };
  createInterface({ input: process.stdin })
    .on('line', (line) => {
      const { id, method, params } = JSON.parse(line);
      if (id !== undefined && method !== undefined) send({ id, result: answers[method]?.(params ?? {}) ?? {} });
    })
    .on('close', () => {
      if (program !== undefined && !isOver) interrupt();
      program?.kill('SIGKILL');
      process.exit(0);
    });
};
