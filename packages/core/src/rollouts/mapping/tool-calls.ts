import type { CommandExecutionItem, McpToolCallItem, ThreadItem, TodoListItem } from '../../events/items.js';
import { isObject } from '../../events/schema/fields.js';
import type { ResponseItem, ToolOutput } from '../records.js';
import { patchChanges } from './patch-changes.js';
import { joinWords } from './shell-words.js';
import type { OpenCall, ToolCall } from './state.js';
import { readToolOutput } from './tool-output.js';

type Call<Type extends string> = Extract<ResponseItem, { readonly type: Type }>;

const COMMAND_TOOLS = new Set(['shell', 'shell_command', 'exec_command', 'local_shell', 'container.exec']);

/** Returns the plan of a call of `update_plan`. The output shows whether it was accepted. */
export function planOf(call: Call<'function_call'>): OpenCall | undefined {
  if (call.name !== 'update_plan') return undefined;
  const args = parse(call.arguments);
  if (!isObject(args) || !Array.isArray(args.plan)) return undefined;
  const items: TodoListItem['items'] = args.plan.filter(isObject).map(({ step, status }) => ({
    text: String(step),
    completed: status === 'completed',
  }));
  return { kind: 'plan', items, call };
}

export function isAccepted(output: ToolOutput): boolean {
  return readToolOutput(output).text === 'Plan updated';
}

/** Returns the item of a call at its start, or `undefined` for a tool that is neither a command nor an MCP tool. */
export function itemOfCall(call: Call<'function_call'>): CommandExecutionItem | McpToolCallItem | undefined {
  const args = parse(call.arguments);
  if (COMMAND_TOOLS.has(call.name)) {
    const command = isObject(args) ? (args.command ?? args.cmd) : undefined;
    return {
      id: call.call_id,
      type: 'command_execution',
      // A call that the CLI rejected may have other arguments.
      command: Array.isArray(command)
        ? joinWords(command.map(String))
        : typeof command === 'string'
          ? command
          : call.arguments,
      aggregated_output: '',
      exit_code: null,
      status: 'in_progress',
    };
  }
  const name = fullName(call).replace(/^mcp__/, '');
  // A name starts with the server, so that `__` at its start does not end it.
  const separator = name.indexOf('__', 1);
  const [server, tool] = [name.slice(0, Math.max(0, separator)), name.slice(separator + 2)];
  if (server === '' || tool === '') return undefined;
  return {
    id: call.call_id,
    type: 'mcp_tool_call',
    server,
    tool,
    arguments: args,
    result: null,
    error: null,
    status: 'in_progress',
  };
}

/** Returns the item of a call with its output: as a run shows it, or with both as `raw` if a run shows no item. */
export function finishItem(item: ThreadItem, call: ToolCall, output: ToolOutput): ThreadItem {
  const { text, exitCode } = readToolOutput(output);
  switch (item.type) {
    case 'command_execution': {
      const status = exitCode === 0 ? 'completed' : 'failed';
      return { ...addOutput(item, text), exit_code: exitCode ?? null, status };
    }
    case 'mcp_tool_call': {
      const content = [{ type: 'text', text }];
      return { ...item, result: { content, structured_content: null }, status: 'completed' };
    }
    case 'file_change':
      // A patch that does not match the files.
      if (text.startsWith('apply_patch verification failed')) return unknownItem(call, output);
      return { ...item, status: exitCode === 0 || text.startsWith('Success.') ? 'completed' : 'failed' };
    default:
      return unknownItem(call, output);
  }
}

/** The item of a call that a run does not show: the call, with its output if it has one. */
export function unknownItem(call: ToolCall, output?: ToolOutput): ThreadItem {
  const raw = output === undefined ? call : { call, output };
  return { type: 'unknown', item_type: call.type, id: call.call_id, raw };
}

/** The command after more output. */
export function addOutput(item: CommandExecutionItem, text: string): CommandExecutionItem {
  return { ...item, aggregated_output: item.aggregated_output + text };
}

/** Returns the id of the running command that a call of `write_stdin` writes to, or reads from. */
export function writtenSession(call: ToolCall): string | undefined {
  if (call.type !== 'function_call' || call.name !== 'write_stdin') return undefined;
  const args = parse(call.arguments);
  return isObject(args) ? String(args.session_id) : undefined;
}

/** The files of a patch. */
export function itemOfPatch(call: Call<'custom_tool_call'>, cwd: string): ThreadItem | undefined {
  if (call.name !== 'apply_patch') return undefined;
  return { id: call.call_id, type: 'file_change', changes: patchChanges(call.input, cwd), status: 'in_progress' };
}

/** `mcp__demo__` + `sum`, `mcp__demo` + `sum`, `mcp__demo__sum` and `demo__sum` all name the same. */
function fullName({ namespace, name }: Call<'function_call'>): string {
  if (typeof namespace !== 'string' || namespace === '') return name;
  return namespace.startsWith('mcp__') ? `${namespace.replace(/__$/, '')}__${name}` : '';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
