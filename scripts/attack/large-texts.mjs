// Large and adversarial texts must not stop the host: output of the CLI, messages of the model, options, session files.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answer, attack, expect, folder, on, shellCli } from '../lib/attack.mjs';

const SIZE = 1_000_000;
/** Milliseconds that the event loop may stand still for 1 MB, on a machine that is busy with other work. */
const STALL_MS = 5000;

/** Texts that regular expressions with nested or adjacent unbounded classes take quadratic time for. */
const TEXTS = {
  blanks: ' ',
  'line feeds': '\n',
  'carriage returns': '\r',
  'JWT beginnings': 'eyJ-',
  'JWT halves': 'eyJaaaaaaaa.',
  base64: 'QUJDREVG',
  colons: '://a:b',
  assignments: 'a=',
  bearer: 'Bearer ',
  digits: '1',
  letters: 'a',
  'upper case': 'Z',
  'status codes': '401 ',
  retry: 'try again at ',
  days: '1 day ',
  connection: 'connection ',
  braces: '{',
  brackets: '[',
  'JSON objects': '{"a":',
  quotes: '"',
  backslashes: '\\',
  backticks: 'in `a',
  keys: '_KEYx',
  escapes: '\u001b[0m',
  'open escapes': '\u001b]0;',
  'combining marks': 'a\u0301',
  surrogates: '\ud83d',
};

/** Runs `code` with `text`, and measures the longest time that the event loop stood still. */
async function stall(code, args, timeout = 60_000) {
  const measured = `
    const fill = (piece, size = ${SIZE}) => piece.repeat(Math.ceil(size / piece.length));
    let worst = 0; let last = performance.now();
    const tick = () => { const now = performance.now(); worst = Math.max(worst, now - last); last = now; };
    const timer = setInterval(tick, 2);
    ${code}
    await sleep(20); tick(); clearInterval(timer); say(Math.round(worst)); process.exit(0);`;
  return answer(measured, { args, timeout });
}

/** The text in one place of a run's output, for each of the texts; reports the worst. */
async function inOutput(writeLines, how = '') {
  const worst = [];
  const file = join(folder('output'), 'file');
  const binary = shellCli(`cat > /dev/null; cat "$FILE" ${how}; sleep 0.05; exit \${CODE:-0}`);
  const code = `
    const stalls = {};
    for (const [name, piece] of Object.entries(texts)) {
      fs.writeFileSync(file, (${writeLines})(fill(piece)));
      await sleep(5); tick(); worst = 0;
      const result = await collect(run$({ binary, prompt: 'x', workingDirectory, env: { FILE: file, CODE: '1' }, timeout: 20_000, terminateGrace: 100 }));
      String(result); tick(); stalls[name] = Math.round(worst);
    }
    say(stalls); worst = 0;`;
  const measured = code + 'process.exit(0);';
  const stalls = await answer(
    `const fill = (piece) => piece.repeat(Math.ceil(${SIZE} / piece.length));
    let worst = 0; let last = performance.now();
    const tick = () => { const now = performance.now(); worst = Math.max(worst, now - last); last = now; };
    setInterval(tick, 2);${measured}`,
    { args: { texts: TEXTS, binary, file, workingDirectory: folder('workspace') }, timeout: 200_000 },
  );
  for (const [name, ms] of Object.entries(stalls)) if (ms > STALL_MS) worst.push(`${name} ${ms} ms`);
  expect(worst.length === 0, `the host stood still: ${worst.join(', ')}`);
  return `at most ${Math.max(...Object.values(stalls))} ms`;
}

const START = `JSON.stringify({ type: 'thread.started', thread_id: 't' }) + '\\n' + JSON.stringify({ type: 'turn.started' }) + '\\n'`;

await attack(on.posix, {
  'the last message': () =>
    inOutput(
      `(text) => ${START} + JSON.stringify({ type: 'item.completed', item: { id: 'i', type: 'agent_message', text } }) + '\\n'`,
    ),
  'the message of turn.failed': () =>
    inOutput(`(text) => ${START} + JSON.stringify({ type: 'turn.failed', error: { message: text } }) + '\\n'`),
  'an error event': () => inOutput(`(text) => ${START} + JSON.stringify({ type: 'error', message: text }) + '\\n'`),
  'standard error': () => inOutput('(text) => text', '>&2'),
  'a line of output that is not JSON': () => inOutput(`(text) => text + '\\n'`),
  'the output of a command': async () => {
    const workingDirectory = folder('workspace');
    const file = join(workingDirectory, 'file');
    const code = `for (const piece of Object.values(texts)) {
      fs.writeFileSync(file, fill(piece));
      for (const source$ of [commands.features$(options), commands.mcpList$(options), commands.loginStatus$(options), commands.doctor$(options), commands.cloudList$(options), commands.version$(options)]) {
        await collect(source$); await sleep(3);
      } }`;
    const binary = shellCli('cat "$FILE"; cat "$FILE" >&2', { version: '0.171.0' });
    const options = { binary, env: { FILE: file } };
    const ms = await stall(code, { texts: TEXTS, options, file, workingDirectory }, 200_000);
    expect(ms < STALL_MS, `the host stood still for ${ms} ms`);
    return `at most ${ms} ms`;
  },
  'values and keys of options': async () => {
    const binary = shellCli('cat > /dev/null; thread; turn; done_');
    const code = `for (const piece of Object.values(texts)) {
      const text = fill(piece, 100_000);
      for (const more of [{ config: { x: text } }, { config: { x: [text] } }, { config: { [text]: 1 } }, { addDirs: ['/' + text] }, { model: text }, { env: { [text.replaceAll('=', '')]: 'x' } }, { env: { A_KEY: text } }]) {
        await collect(exec$({ binary, prompt: 'x', workingDirectory, timeout: 4000, ...more })); await sleep(3);
      } }`;
    const ms = await stall(code, { texts: TEXTS, binary, workingDirectory: folder('workspace') }, 230_000);
    expect(ms < STALL_MS, `the host stood still for ${ms} ms`);
    return `at most ${ms} ms`;
  },
  'a session file': async () => {
    const home = folder('home');
    const day = join(home, 'sessions/2026/01/01');
    mkdirSync(day, { recursive: true });
    const id = '01a205c4-69f5-7682-91b9-0f9fa5d429a7';
    const timestamp = '2026-01-01T00:00:00.000Z';
    const records = [{ timestamp, type: 'session_meta', payload: { id, cwd: '/', cli_version: '0.171.0' } }];
    for (const piece of Object.values(TEXTS)) {
      const text = piece.repeat(SIZE / 10 / piece.length);
      records.push({
        timestamp,
        type: 'response_item',
        payload: { type: 'message', role: 'user', content: [{ type: 'input_text', text }] },
      });
      records.push({
        timestamp,
        type: 'response_item',
        payload: { type: 'function_call', name: 'shell', arguments: text, call_id: piece },
      });
      records.push({
        timestamp,
        type: 'response_item',
        payload: { type: 'function_call_output', call_id: piece, output: text },
      });
      records.push({
        timestamp,
        type: 'response_item',
        payload: { type: 'custom_tool_call', name: 'exec', input: text, call_id: `c${piece}` },
      });
    }
    const text = records.map((record) => JSON.stringify(record)).join('\n');
    writeFileSync(join(day, `rollout-2026-01-01T00-00-00-${id}.jsonl`), `${text}\n`);
    const code = `const path = (await collect(rollouts.findRollouts$(codexHome)))[0];
      await collect(rollouts.readRollout$(path).pipe(rollouts.rolloutToEvents(), operators.snapshots()));
      await collect(core.sessions$({ codexHome }));`;
    const ms = await stall(code, { codexHome: home });
    expect(ms < STALL_MS, `the host stood still for ${ms} ms`);
    return `at most ${ms} ms`;
  },
  '10,000 threads and 100,000 items': async () => {
    const code = `const line = (value) => JSON.stringify(value) + '\\n';
      const threads = Array.from({ length: 10_000 }, (_, index) => line({ type: 'thread.started', thread_id: 't' + index })).join('');
      const items = line({ type: 'thread.started', thread_id: 't' }) + Array.from({ length: 100_000 }, (_, index) => line({ type: 'item.started', item: { id: 'i' + index, type: 'agent_message', text: 'a' } })).join('');
      const started = performance.now();
      for (const text of [threads, items])
        for (const operator of ['snapshots', 'turns', 'usage']) await rx.lastValueFrom(readText(text).pipe(operators[operator]()), { defaultValue: 0 });
      tick(); worst = performance.now() - started;`;
    const ms = await stall(code, {});
    expect(ms < 15_000, `it took ${ms} ms`);
    return `${ms} ms`;
  },
  'JSON that is 1,000,000 levels deep': async () => {
    const code = `for (const [open, close] of [['[', ']'], ['{"a":', '}']]) {
        const deep = open.repeat(500_000) + '1' + close.repeat(500_000);
        for (const line of [deep, '{"type":"item.started","item":{"id":"i","type":"mcp_tool_call","arguments":' + deep + '}}']) {
          const result = await collect(readText(line + '\\n').pipe(operators.snapshots()));
          if (result instanceof Error && result.code === undefined) throw result;
        } }`;
    const ms = await stall(code, {});
    expect(ms < STALL_MS, `the host stood still for ${ms} ms`);
    return `at most ${ms} ms`;
  },
});
