// Logs to decode, the same in each run.

const thread_id = '01a205d4-c358-7a22-b8a8-4851ca84b4bf';

/** Where events say which turn they are of, as deltas do, the turn's start says it, too. */
const idsOf = (turn) => ({ thread_id, turn_id: `turn-${turn}` });

const turnsOf = (count, itemsOf) => {
  const lines = [JSON.stringify({ type: 'thread.started', thread_id })];
  for (let turn = 0; turn < count; turn++) {
    const items = itemsOf(turn);
    const ids = items.some(({ turn_id }) => turn_id !== undefined) ? idsOf(turn) : {};
    lines.push(...[{ type: 'turn.started', ...ids }, ...items].map((line) => JSON.stringify(line)));
    lines.push(
      JSON.stringify({
        type: 'turn.completed',
        usage: {
          input_tokens: 4_200 * turn,
          cached_input_tokens: 4_000 * turn,
          cache_write_input_tokens: 0,
          output_tokens: 30 * turn,
          reasoning_output_tokens: 5 * turn,
        },
      }),
    );
  }
  return lines;
};

const command = (n, output) => {
  const item = {
    id: `item_${n}`,
    type: 'command_execution',
    command: `/bin/bash -lc 'sed -n 1,200p src/module-${n}.ts'`,
  };
  return [
    { type: 'item.started', item: { ...item, aggregated_output: '', exit_code: null, status: 'in_progress' } },
    { type: 'item.completed', item: { ...item, aggregated_output: output, exit_code: 0, status: 'completed' } },
  ];
};

/** One turn as the CLI writes it: thinking, commands, a patch, a tool, the plan, a search, the answer. */
function smallTurn(turn) {
  const lines = [];
  let n = turn * 100;
  for (let round = 0; round < 4; round++) {
    lines.push({
      type: 'item.completed',
      item: { id: `item_${n++}`, type: 'reasoning', text: `**Looking at module ${n}**\n\nIt exports a function.` },
    });
    lines.push(...command(n++, `total ${n}\n-rw-r--r-- 1 user user 4096 index.ts\n`));
    lines.push({
      type: 'item.completed',
      item: { id: `item_${n++}`, type: 'agent_message', text: `Module ${n} looks right; on to the "next" one.` },
    });
  }
  const changes = [
    { path: `/home/user/project/src/module-${n}.ts`, kind: 'update' },
    { path: `/home/user/project/test/module-${n}.test.ts`, kind: 'add' },
  ];
  const patch = { id: `item_${n++}`, type: 'file_change', changes };
  lines.push({ type: 'item.started', item: { ...patch, status: 'in_progress' } });
  lines.push({ type: 'item.completed', item: { ...patch, status: 'completed' } });
  const call = {
    id: `item_${n++}`,
    type: 'mcp_tool_call',
    server: 'docs',
    tool: 'search',
    arguments: { query: 'switchMap', limit: 5 },
  };
  lines.push({ type: 'item.started', item: { ...call, result: null, error: null, status: 'in_progress' } });
  const result = {
    content: [{ type: 'text', text: 'switchMap cancels the previous inner observable' }],
    structured_content: null,
  };
  lines.push({ type: 'item.completed', item: { ...call, result, error: null, status: 'completed' } });
  const todos = ['Read the code', 'Fix the operator', 'Run the tests'].map((text, i) => ({
    text,
    completed: i < turn % 3,
  }));
  lines.push({ type: 'item.updated', item: { id: `item_${n++}`, type: 'todo_list', items: todos } });
  lines.push({
    type: 'item.completed',
    item: { id: `item_${n}`, type: 'web_search', query: 'rxjs', action: { type: 'search', query: 'rxjs' } },
  });
  lines.push({ type: 'error', message: 'Reconnecting... 1/5' });
  return lines;
}

/** Commands with long outputs, of 4 to 64 KiB. */
function outputTurn(turn) {
  const line = `    at Object.<anonymous> (/home/user/project/src/module-${turn}.ts:12:34)\t"quoted"\n`;
  return [50, 200, 800].flatMap((times, i) => command(turn * 100 + i, line.repeat(times)));
}

/** A command's output and a message, both in pieces, as the app-server and older wrappers send them. */
function deltaTurn(turn) {
  const n = turn * 100;
  return Array.from({ length: 100 }, (_, i) => ({
    type: 'item.delta',
    ...idsOf(turn),
    ...(i % 4 === 0
      ? { item_id: `item_${n}`, item_type: 'command_execution', delta: { output_delta: `line ${i}\n` } }
      : { item_id: `item_${n + 1}`, item_type: 'agent_message', delta: { text_delta: ` word${i}` } }),
  }));
}

const log = (lines) => ({ text: `${lines.join('\n')}\n`, events: lines.length });

/** Small events, large outputs, deltas, and a log that mixes the three. */
export function logs() {
  return {
    small: log(turnsOf(1_200, smallTurn)),
    outputs: log(turnsOf(150, outputTurn)),
    deltas: log(turnsOf(300, deltaTurn)),
    mixed: log(
      turnsOf(900, (turn) => {
        if (turn % 9 === 0) return outputTurn(turn);
        return turn % 9 === 1 ? deltaTurn(turn) : smallTurn(turn);
      }),
    ),
  };
}
