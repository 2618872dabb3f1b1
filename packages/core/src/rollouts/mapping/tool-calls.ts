import type { CommandExecutionItem, McpToolCallItem, ThreadItem, TodoListItem } from '../../events/items.js';
import { isObject } from '../../events/schema/fields.js';
import type { ResponseItem, ToolOutput } from '../records.js';
import { patchChanges } from './patch-changes.js';
import { joinWords } from './shell-words.js';
import type { OpenCall } from './state.js';
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
  return { kind: 'plan', items };
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
      command: Array.isArray(command) ? joinWords(command.map(String)) : typeof command === 'string' ? command : '',
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

/** Returns the item with the output of its call. */
export function finishItem(item: ThreadItem, output: ToolOutput): ThreadItem | undefined {
  const { text, exitCode } = readToolOutput(output);
  if (item.type === 'command_execution') {
    const status = exitCode === 0 ? 'completed' : 'failed';
    return { ...item, aggregated_output: text, exit_code: exitCode ?? null, status };
  }
  if (item.type === 'mcp_tool_call') {
    const content = [{ type: 'text', text }];
    return { ...item, result: { content, structured_content: null }, status: 'completed' };
  }
  return item.type === 'unknown' ? { ...item, raw: { call: item.raw, output } } : undefined;
}

/** The files of a patch. */
export function itemOfPatch(call: Call<'custom_tool_call'>, cwd: string): ThreadItem | undefined {
  if (call.name !== 'apply_patch') return undefined;
  return { id: call.call_id, type: 'file_change', changes: patchChanges(call.input, cwd), status: 'in_progress' };
}

/** Returns the finished patch, or `undefined` for a patch that did not match the files: a run shows no item for it. */
export function finishPatch(item: ThreadItem, output: ToolOutput): ThreadItem | undefined {
  const { text, exitCode } = readToolOutput(output);
  if (item.type !== 'file_change' || text.startsWith('apply_patch verification failed')) return undefined;
  return { ...item, status: exitCode === 0 || text.startsWith('Success.') ? 'completed' : 'failed' };
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
