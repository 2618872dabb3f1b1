import { mcpToolName } from './mcp-tool-name.js';
import { isObject, type JsonObject, outputText, type RecordedRequest } from './recorded-request.js';
import { ScriptError } from './script-error.js';
import type { AgentStep, McpStep, OutputStep } from './steps.js';

/** The MCP server by which `@codex-rx/core` offers the tools of the program to `exec`. */
const HOST_TOOLS_SERVER = 'host_tools';

/** Ids of an output item within the run. */
export interface ItemIds {
  readonly id: string;
  readonly callId: string;
}

/**
 * Returns the output item that makes this CLI perform the step. Pure.
 *
 * Tool names depend on the CLI version and on the model. The tools of the request take precedence over its version.
 *
 * @throws ScriptError (`SCRIPT_MISFIT`) if the step does not fit the request.
 */
export function outputItem(step: OutputStep, request: RecordedRequest, { id, callId }: ItemIds): JsonObject {
  const call = (name: string, args: JsonObject, namespace?: string): JsonObject => ({
    type: 'function_call',
    id,
    call_id: callId,
    name,
    arguments: JSON.stringify(args),
    ...(namespace !== undefined && { namespace }),
  });
  switch (step.kind) {
    case 'say':
      return { type: 'message', role: 'assistant', id, content: [{ type: 'output_text', text: step.text }] };
    case 'think': {
      const summary = step.parts.map((text) => ({ type: 'summary_text', text }));
      return { type: 'reasoning', id, summary, encrypted_content: null };
    }
    case 'search':
      return { type: 'web_search_call', id, status: 'completed', action: step.action };
    case 'run':
      return call('exec_command', {
        cmd: step.command,
        ...(step.yieldAfter !== undefined && { yield_time_ms: step.yieldAfter }),
        ...(step.workdir !== undefined && { workdir: step.workdir }),
        ...(step.terminal && { tty: true }),
      });
    case 'type':
      return call('write_stdin', {
        session_id: runningCommand(request),
        chars: step.text,
        yield_time_ms: step.wait,
      });
    case 'patch':
      // Without the tool, the CLI applies a patch by the shell command of the same name.
      return offers(request, 'apply_patch')
        ? { type: 'custom_tool_call', id, call_id: callId, name: 'apply_patch', input: step.text }
        : call('exec_command', { cmd: `apply_patch <<'END_OF_PATCH'\n${step.text}\nEND_OF_PATCH\n` });
    case 'todos':
      return call('update_plan', {
        ...(step.explanation !== undefined && { explanation: step.explanation }),
        plan: step.items,
      });
    case 'mcp':
      return mcpCall(step, request, call);
    case 'tool':
      // The app-server offers the tools of its client under their names, `exec` those of an MCP server.
      return offers(request, step.tool)
        ? call(step.tool, step.arguments)
        : mcpCall({ ...step, server: HOST_TOOLS_SERVER }, request, call);
    case 'spawn_agent':
      return call('spawn_agent', { message: step.task }, agentNamespace(request));
    case 'wait_agent':
    case 'send_agent':
    case 'close_agent':
      return agentCall(step, request, call);
  }
}

type Call = (name: string, args: JsonObject, namespace?: string) => JsonObject;

function mcpCall(
  { server, tool, arguments: args }: Omit<McpStep, 'kind'>,
  request: RecordedRequest,
  call: Call,
): JsonObject {
  const { name, namespace } = mcpToolName(server, tool, request, versionOf(request));
  return call(name, args, namespace);
}

function agentCall(step: AgentStep, request: RecordedRequest, call: Call): JsonObject {
  const agent = runningAgent(request);
  const old = isBefore(request, 0, 125);
  const namespace = agentNamespace(request);
  switch (step.kind) {
    case 'wait_agent':
      return call(
        old ? 'wait' : 'wait_agent',
        { [old ? 'ids' : 'targets']: [agent], timeout_ms: step.timeout },
        namespace,
      );
    case 'send_agent':
      return call('send_input', { [old ? 'id' : 'target']: agent, message: step.message }, namespace);
    case 'close_agent':
      return call('close_agent', { [old ? 'id' : 'target']: agent }, namespace);
  }
}

function agentNamespace(request: RecordedRequest): string | undefined {
  return isBefore(request, 0, 133) ? undefined : 'multi_agent_v1';
}

/** Assumes the newest CLI if the request has no version. */
function isBefore(request: RecordedRequest, major: number, minor: number): boolean {
  const version = versionOf(request);
  if (version === undefined) return false;
  return version[0] < major || (version[0] === major && version[1] < minor);
}

function versionOf({ cliVersion }: RecordedRequest): [major: number, minor: number] | undefined {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(cliVersion ?? '') ?? [];
  return major === undefined || minor === undefined ? undefined : [Number(major), Number(minor)];
}

function offers({ tools }: RecordedRequest, name: string): boolean {
  return tools.some((tool) => tool.name === name);
}

function runningCommand(request: RecordedRequest): number {
  const sessionId = lastMatch(request, /session ID (\d+)/);
  if (sessionId === undefined) {
    throw new ScriptError(
      'SCRIPT_MISFIT',
      'no command runs in the background. Start one before this response with model.run(command, { background: true })',
    );
  }
  return Number(sessionId);
}

function runningAgent(request: RecordedRequest): string {
  const found = lastMatch(request, /"agent_id"\s*:\s*"([^"]+)"/);
  if (found === undefined) {
    throw new ScriptError(
      'SCRIPT_MISFIT',
      'no sub-agent runs. Start one before this response with model.spawnAgent(task, responses)',
    );
  }
  return found;
}

/** Returns the first group of a pattern in the latest tool output that matches. */
function lastMatch({ input }: RecordedRequest, pattern: RegExp): string | undefined {
  for (const item of [...input].reverse()) {
    if (!isObject(item) || item.type !== 'function_call_output') continue;
    const found = pattern.exec(outputText(item.output))?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}
