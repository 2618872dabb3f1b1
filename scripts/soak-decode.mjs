// Feeds millions of fuzzed lines to one decoder: nothing may be thrown, and memory may not grow. `npm run soak:decode
// [lines] [seed]`. Exits with 1 if the last tenth used more than 1.1 times the memory of the second.
import process from 'node:process';
import { createDecoder } from '@codex-rx/core/events';

const total = Number(process.argv[2] ?? 10_000_000);
const seed = Number(process.argv[3] ?? 1);
const limit = 1.1;

/** mulberry32: small, quick, and the same on every machine. */
function random(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const next = random(seed);
const below = (n) => Math.floor(next() * n);
const pick = (list) => list[below(list.length)];

const item = (id, type, fields) => ({ id: `item_${id}`, type, ...fields });
const items = [
  item(0, 'agent_message', { text: 'Done: "all" of it.\n' }),
  item(1, 'reasoning', { text: '**Thinking**' }),
  item(2, 'command_execution', {
    command: 'ls',
    aggregated_output: 'a\u0000b\n',
    exit_code: null,
    status: 'in_progress',
  }),
  item(3, 'file_change', { changes: [{ path: '/a', kind: 'add' }], status: 'completed' }),
  item(4, 'mcp_tool_call', {
    server: 's',
    tool: 't',
    arguments: { a: [1] },
    result: { content: [] },
    error: null,
    status: 'completed',
  }),
  item(5, 'collab_tool_call', {
    tool: 'wait',
    sender_thread_id: 't',
    receiver_thread_ids: ['u'],
    agents_states: { u: { status: 'running' } },
    status: 'completed',
  }),
  item(6, 'todo_list', { items: [{ text: 'one', completed: false }] }),
  item(7, 'error', { message: 'm' }),
  item(8, 'hologram', { depth: 3 }),
  { item_id: 'i', item_type: 'agent_message', content: 'old' },
  { id: 'i', type: 'command_execution', content: { command: 'ls', stdout: 'a', err: 'b' } },
];
const lines = [
  '{"type":"thread.started","thread_id":"t-1"}',
  '{"type":"thread.resumed","conversation_id":"t-2"}',
  '{"type":"turn.started"}',
  '{"type":"turn.completed","usage":{"input_tokens":1,"cached_input_tokens":2,"output_tokens":3}}',
  '{"type":"turn.failed","error":{"message":"m"}}',
  '{"type":"error","message":"Reconnecting... 1/5"}',
  '{"type":"item.completed","item":{"id":"item_3","type":"web_search","id":"ws_1","query":"q","action":{"type":"search"}}}',
  '{"type":"item.delta","item_id":"i","item_type":"agent_message","delta":{"text_delta":"x"}}',
  '{"type":"item.failed","item_id":"i","error":{"message":"m"}}',
  '{"type":"__proto__","__proto__":{"type":"x"}}',
  '',
  ' \t',
  'prose',
  ...items.flatMap((value) =>
    ['item.started', 'item.updated', 'item.completed', 'item.created'].map((type) =>
      JSON.stringify({ type, item: value }),
    ),
  ),
];
const splices = [
  '"',
  '{',
  '}',
  '[',
  ']',
  ':',
  ',',
  '\\',
  'null',
  '1e999',
  '-0',
  '\u0000',
  '\ud800',
  '\u2028',
  '"id":',
  '"type":"x",',
  '[[[[',
  'x'.repeat(50),
];

/** A line: unchanged, partly replaced, cut, doubled, or joined from two. */
function fuzzed() {
  const line = pick(lines);
  const at = below(line.length + 1);
  switch (below(6)) {
    case 0:
      return line;
    case 1:
      return line.slice(0, at);
    case 2:
      return line.slice(0, at) + pick(splices) + line.slice(at);
    case 3:
      return line.slice(0, at) + pick(splices) + line.slice(at + 1 + below(8));
    case 4:
      return line.slice(0, at) + pick(lines).slice(at);
    default:
      return { text: line.slice(0, at), line_number: below(1e6), problem: pick(['oversize', 'invalid_utf8']) };
  }
}

const decoders = [createDecoder(), createDecoder({ strict: true })];
const counts = {};
const tenths = [];
const started = Date.now();
for (let tenth = 0; tenth < 10; tenth++) {
  let rss = 0;
  for (let i = 0; i < total / 10; i++) {
    const line = fuzzed();
    const result = decoders[i % 2].decode(line);
    const kind = result._tag === 'Left' ? 'Left' : result.right._tag === 'None' ? 'nothing' : result.right.value.type;
    counts[kind] = (counts[kind] ?? 0) + 1;
    if (i % 10_000 === 0) rss = Math.max(rss, process.memoryUsage.rss());
  }
  globalThis.gc?.();
  const heap = process.memoryUsage().heapUsed;
  tenths.push({ rss, heap });
  console.log(
    `${(tenth + 1) * 10} %: highest RSS ${(rss / 1e6).toFixed(1)} MB, heap after collection ${(heap / 1e6).toFixed(2)} MB`,
  );
}
console.log(`${total} lines (seed ${seed}) in ${((Date.now() - started) / 1000).toFixed(0)} s:`, counts);

const [, second] = tenths;
const last = tenths.at(-1);
for (const measure of ['rss', 'heap']) {
  const growth = last[measure] / second[measure];
  console.log(`${measure} of the last tenth: ${growth.toFixed(3)} × that of the second (limit ${limit})`);
  if (growth > limit) process.exitCode = 1;
}
