import { mcpToolName } from './mcp-tool-name.js';
import { isObject, type JsonObject, outputText, type RecordedRequest } from './recorded-request.js';
import { ScriptError } from './script-error.js';
import type { AgentStep, McpStep, OutputStep } from './steps.js';

/** Marks of an output item within the run. */
export interface ItemIds {
  readonly id: string;
  readonly callId: string;
}

/**
 * The output item that makes this CLI do what the step says. Pure.
 *
 * Tools have other names in other versions of the CLI, and with other models: what the request offers decides, then its version.
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
      // Models that are not offered the tool may still apply a patch by the command of the same name.
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
    case 'spawn_agent':
      return call('spawn_agent', { message: step.task }, agentNamespace(request));
    case 'wait_agent':
    case 'send_agent':
    case 'close_agent':
      return agentCall(step, request, call);
  }
}

type Call = (name: string, args: JsonObject, namespace?: string) => JsonObject;

function mcpCall({ server, tool, arguments: args }: McpStep, request: RecordedRequest, call: Call): JsonObject {
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
  return isBefore(request, 0, 150) ? undefined : 'multi_agent_v1';
}

/** Without a version the newest CLI is assumed. */
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
  const found = lastMatch(request, /session ID (\d+)/);
  if (found === undefined) {
    throw new ScriptError(
      'SCRIPT_MISFIT',
      'no command was left running before this answer; start one with model.run(command, { background: true })',
    );
  }
  return Number(found);
}

function runningAgent(request: RecordedRequest): string {
  const found = lastMatch(request, /"agent_id"\s*:\s*"([^"]+)"/);
  if (found === undefined) {
    throw new ScriptError(
      'SCRIPT_MISFIT',
      'no sub-agent was started before this answer; start one with model.spawnAgent(task, answers)',
    );
  }
  return found;
}

/** The first group of a pattern in the latest tool output that has it. */
function lastMatch({ input }: RecordedRequest, pattern: RegExp): string | undefined {
  for (const item of [...input].reverse()) {
    if (!isObject(item) || item.type !== 'function_call_output') continue;
    const found = pattern.exec(outputText(item.output))?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}
