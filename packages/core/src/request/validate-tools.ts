import { RequestError } from '../errors/index.js';
import { checkList, describeValue } from './checks.js';
import { settingAt, settingLayers } from './settings.js';
import type { Tool } from './tool-types.js';
import type { CodexOptions } from './types.js';

/** The name of the tools of the program among the MCP servers of a thread. */
export const TOOLS_SERVER = 'host_tools';

/** The Responses API accepts no other names. */
const NAME = /^[\w-]{1,64}$/;
/** Tools of the CLI. A tool of the same name would hide them, or be hidden. */
const CLI_TOOLS: ReadonlySet<string> = new Set([
  ...['exec', 'exec_command', 'write_stdin', 'shell', 'shell_command', 'local_shell', 'container.exec', 'wait'],
  ...['apply_patch', 'update_plan', 'view_image', 'web_search', 'image_generation', 'tool_search'],
  ...['request_user_input', 'request_permissions', 'spawn_agent', 'send_input', 'wait_agent', 'resume_agent'],
  ...['close_agent', 'list_mcp_resources', 'list_mcp_resource_templates', 'read_mcp_resource'],
]);

/** Checks the name of a tool. @throws RequestError */
export function checkToolName(field: string, name: unknown): void {
  if (typeof name !== 'string' || !NAME.test(name)) {
    const problem = `must have 1 to 64 letters, digits, "_" or "-", got ${describeValue(name)}.`;
    throw new RequestError(field, problem);
  }
  if (CLI_TOOLS.has(name) || name === 'mcp' || name.startsWith('mcp__'))
    throw new RequestError(field, `${JSON.stringify(name)} is reserved for tools of the CLI. Use another name.`);
}

/** Checks the tools of a client or a request. @throws RequestError */
export function checkTools(field: string, value: unknown): void {
  checkList(field, value, checkTool);
  const names = new Set<string>();
  for (const { name } of value as readonly Tool[]) {
    if (names.has(name)) throw new RequestError(field, `has two tools with the name "${name}". Rename one.`);
    names.add(name);
  }
}

/** Checks for the method instead of a class, because the tool may come from another copy of the package. */
function checkTool(field: string, value: unknown): void {
  const { name, call$ } = (value ?? {}) as Partial<Tool>;
  if (typeof call$ !== 'function')
    throw new RequestError(field, `must be a tool that tool() returned, got ${describeValue(value)}.`);
  checkToolName(`${field}.name`, name);
}

/** The server of the tools must not be merged with another one. @throws RequestError */
export function validateTools(options: CodexOptions): void {
  if (options.tools === undefined || options.tools.length === 0) return;
  if (settingAt(settingLayers([], options), 'mcp_servers', TOOLS_SERVER) !== undefined)
    throw new RequestError('config', `must not set mcp_servers.${TOOLS_SERVER}, which is the server of "tools".`);
}
