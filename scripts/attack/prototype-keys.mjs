// Keys such as `__proto__` and `constructor`, and values that no one expects, in options, streams and session files.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answer, attack, expect, folder, on, shellCli } from '../lib/attack.mjs';

const KEYS = ['__proto__', 'constructor', 'toString', '__defineGetter__', 'hasOwnProperty', 'valueOf'];

await attack(on.posix, {
  'options of a client contain __proto__ from JSON': async () => {
    const proof = join(folder('proof'), 'executed');
    const binary = shellCli(`echo x > ${proof}; cat > /dev/null; thread; turn; done_`);
    const code = `const options = JSON.parse('{"__proto__": {"binary": ' + JSON.stringify(binary) + '}}');
      const codex = createCodex(options);
      await collect(codex.version$()); say(({}).binary === undefined && !fs.existsSync(proof));`;
    expect(await answer(code, { args: { binary, proof } }), 'the prototype was used');
  },
  'config is circular, 50,000 levels deep, or contains a bigint': async () => {
    const code = `const circular = {}; circular.self = circular;
      let deep = {}; for (let level = 0; level < 50_000; level += 1) deep = { a: deep };
      const codes = [];
      for (const config of [{ x: circular }, { x: deep }, { x: 1n }]) {
        try { codes.push((await collect(createCodex({ binary }).exec$({ prompt: 'x', config, timeout: 3000 }))).code ?? 'ran'); }
        catch (error) { codes.push('threw ' + error.name); }
      }
      say(codes);`;
    const codes = await answer(code, { args: { binary: shellCli('cat > /dev/null; thread; turn; done_') } });
    expect(
      codes.every((one) => one === 'REQUEST_INVALID' || one === 'ran'),
      codes.join(', '),
    );
    return codes.join(', ');
  },
  'config contains keys of Object.prototype': async () => {
    const binary = shellCli('cat > /dev/null; thread; turn; done_');
    const code = `const results = [];
      for (const key of keys) {
        const config = JSON.parse('{' + JSON.stringify(key) + ': {"a": 1}}');
        const result = await collect(exec$({ binary, prompt: 'x', config, timeout: 3000 }));
        results.push(result instanceof Error ? result.code ?? result.name : 'ran');
      }
      say(results.every((one) => ['ran', 'REQUEST_INVALID'].includes(one)) && Object.keys(Object.prototype).length === 0);`;
    expect(await answer(code, { args: { binary, keys: KEYS } }), 'an untyped error');
  },
  'a session file contains them as types, names and ids': async () => {
    const home = folder('home');
    const day = join(home, 'sessions/2026/01/01');
    mkdirSync(day, { recursive: true });
    const id = '01a205c4-69f5-7682-91b9-0f9fa5d429a7';
    const meta = {
      timestamp: '2026-01-01T00:00:00.000Z',
      type: 'session_meta',
      payload: { id, cwd: '/', cli_version: '0.171.0' },
    };
    const records = KEYS.flatMap((key) => [
      { timestamp: meta.timestamp, type: key, payload: { type: key } },
      ...['response_item', 'event_msg', 'turn_context'].map((type) => ({
        timestamp: meta.timestamp,
        type,
        payload: { type: key, name: key, call_id: key, item: { type: key, id: key } },
      })),
      {
        timestamp: meta.timestamp,
        type: 'response_item',
        payload: { type: 'function_call', name: key, arguments: '{"__proto__":{}}', call_id: key },
      },
    ]);
    const text = [meta, ...records].map((record) => JSON.stringify(record)).join('\n');
    writeFileSync(join(day, `rollout-2026-01-01T00-00-00-${id}.jsonl`), `${text}\n`);
    const code = `const found = await collect(rollouts.findRollouts$(codexHome));
      if (found instanceof Error) throw found;
      const results = [];
      for (const path of found) {
        const result = await collect(rollouts.readRollout$(path).pipe(rollouts.rolloutToEvents(), operators.snapshots()));
        if (result instanceof Error) throw result; results.push(result.length);
      }
      const sessions = await collect(core.sessions$({ codexHome }));
      if (sessions instanceof Error) throw sessions;
      say(Object.keys(Object.prototype).length === 0 && results.length > 0);`;
    expect(await answer(code, { args: { codexHome: home } }), 'no session was read');
  },
  'events contain them as types, ids and names': async () => {
    const code = `const lines = keys.flatMap((key) => [
        { type: key }, { type: 'thread.started', thread_id: key }, { type: 'turn.started' },
        ...['item.started', 'item.updated', 'item.completed'].flatMap((type) => [
          { type, item: { id: key, type: key } }, { type, item: { id: key, type: 'file_change', changes: [{ path: key, kind: key }], status: key } },
          { type, item: { id: key, type: 'mcp_tool_call', server: key, tool: key, arguments: JSON.parse('{"__proto__":1}'), status: 'in_progress' } } ]),
        { type: 'turn.completed', usage: JSON.parse('{"__proto__":{"input_tokens":1},"input_tokens":1,"cached_input_tokens":0,"output_tokens":1}') } ]).map((line) => JSON.stringify(line) + '\\n');
      const read = () => readText(lines.join(''));
      for (const operator of ['snapshots', 'turns', 'usage', 'agentMessages', 'commands', 'fileChanges', 'todos', 'notices', 'completedItems', 'textDeltas', 'itemSnapshots']) {
        if (typeof operators[operator] !== 'function') continue;
        const result = await collect(read().pipe(operators[operator]()));
        if (result instanceof Error && result.code === undefined) throw result;
      }
      say(Object.keys(Object.prototype).length === 0 && ({}).input_tokens === undefined);`;
    expect(await answer(code, { args: { keys: KEYS } }), 'a prototype was changed');
  },
});
