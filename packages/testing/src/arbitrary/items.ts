import type { ThreadItem } from '@codex-rx/core/events';
import fc from 'fast-check';
import { items } from '../builders/index.js';

/** The phase of an item. */
type ItemPhase = 'started' | 'running' | 'completed';

const text = fc.string({ unit: 'grapheme', maxLength: 60 });
const line = fc.constantFrom('ls', 'npm test', 'git status', "/bin/bash -lc 'echo ok'", 'cat a b');
const path = fc.constantFrom('/home/user/a.ts', '/home/user/src/b.ts', '/tmp/c');
const nothing = fc.constantFrom(null, undefined);

const command: Make = (id, phase) =>
  fc
    .record({ command: line, output: text, exit_code: fc.constantFrom(0, 0, 0, 1, 2, 127) })
    .map((chosen) =>
      phase === 'completed'
        ? items.commandExecution(chosen.command, { id, exit_code: chosen.exit_code, aggregated_output: chosen.output })
        : items.commandExecution(chosen.command, { id, status: 'in_progress' }),
    );

const fileChange: Make = (id, phase) =>
  fc
    .dictionary(path, fc.constantFrom('add', 'delete', 'update'), { minKeys: 1, maxKeys: 3 })
    .chain((changes) =>
      fc
        .constantFrom(...(phase === 'completed' ? ['completed', 'failed'] : ['in_progress']))
        .map((status) => items.fileChange(changes, { id, status })),
    );

const mcpCall: Make = (id, phase) =>
  fc
    .record({
      server: fc.constantFrom('demo', 'files'),
      tool: fc.constantFrom('echo', 'sum'),
      answer: text,
      fails: fc.boolean(),
    })
    .map(({ server, tool, answer, fails }) => {
      if (phase !== 'completed') return items.mcpToolCall(server, tool, { id, status: 'in_progress' });
      if (fails) return items.mcpToolCall(server, tool, { id, error: { message: answer } });
      const result = { content: [{ type: 'text', text: answer }], structured_content: null };
      return items.mcpToolCall(server, tool, { id, result });
    });

const todoList: Make = (id, phase) =>
  fc
    .array(fc.record({ text, completed: phase === 'completed' ? fc.constant(true) : fc.boolean() }), {
      minLength: 1,
      maxLength: 4,
    })
    .map((entries) => items.todoList(entries, { id }));

const collabCall: Make = (id, phase) =>
  fc
    .record({ tool: fc.constantFrom('spawn_agent', 'wait', 'close_agent'), child: fc.uuid(), prompt: fc.option(text) })
    .map(({ tool, child, prompt }) =>
      items.collabToolCall(tool, {
        id,
        prompt,
        receiver_thread_ids: [child],
        agents_states: { [child]: { status: phase === 'completed' ? 'completed' : 'running' } },
        status: phase === 'completed' ? 'completed' : 'in_progress',
      }),
    );

const webSearch: Make = (id, phase) =>
  phase === 'completed'
    ? text.map((query) => items.webSearch(query, { id }))
    : nothing.map((action) => items.webSearch('', { id, ...(action === null ? { action } : {}) }));

/** Returns items of one kind and phase. */
type Make = (id: string, phase: ItemPhase) => fc.Arbitrary<ThreadItem>;

/** Item kinds that start before they complete. */
export const lasting: readonly Make[] = [command, fileChange, mcpCall, todoList, collabCall, webSearch];

/** Item kinds that only complete. */
export const momentary: readonly Make[] = [
  (id) => text.map((message) => items.agentMessage(message, { id })),
  (id) => text.map((summary) => items.reasoning(summary, { id })),
  (id) => text.map((message) => items.error(message, { id })),
];

/**
 * Generates items of every kind that `codex exec` emits, in any phase.
 *
 * @example
 * ```ts
 * import { threadItems } from '@codex-rx/testing/arbitrary';
 * import fc from 'fast-check';
 *
 * fc.assert(fc.property(threadItems(), (item) => item.type.length > 0));
 * ```
 */
export function threadItems(): fc.Arbitrary<ThreadItem> {
  const id = fc.nat(99).map((number) => `item_${String(number)}`);
  const phase = fc.constantFrom<ItemPhase>('started', 'running', 'completed');
  return fc
    .tuple(id, phase, fc.constantFrom(...lasting, ...momentary))
    .chain(([ownId, ownPhase, make]) => make(ownId, ownPhase));
}
