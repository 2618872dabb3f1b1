import { inspect } from 'node:util';
import { RequestError } from '@codex-rx/core/errors';
import { isObject } from './recorded-request.js';
import type { ModelRule, ModelScript, ModelScriptEntry, ModelStep } from './steps.js';

/** The response of the model to one request. */
export interface ScriptedResponse {
  readonly steps: readonly ModelStep[];
  /** Position and steps: `response 2 of 3 (think + run)`. */
  readonly label: string;
}

/**
 * Groups the entries of a script into responses and skips rules. `think`, `search` and `usage` join the next entry.
 *
 * @throws RequestError if an entry is invalid.
 */
export function toResponses(script: ModelScript, field: string): readonly ScriptedResponse[] {
  if (!isList(script)) throw new RequestError(field, 'must be a list of steps, such as [model.say("Hello")].');
  const groups: ModelStep[][] = [];
  let open: ModelStep[] = [];
  for (const [index, entry] of script.entries()) {
    if (isRule(entry)) continue;
    const steps = isGroup(entry) ? entry : [entry];
    checkSteps(steps, `${field}[${String(index)}]`);
    open.push(...steps);
    if (!isGroup(entry) && joinsNext(entry)) continue;
    checkOrder(open, `${field}[${String(index)}]`);
    groups.push(open);
    open = [];
  }
  if (open.length > 0) groups.push(open);
  return groups.map((steps, index) => ({
    steps,
    label: `response ${String(index + 1)} of ${String(groups.length)} (${describe(steps)})`,
  }));
}

function checkSteps(steps: readonly unknown[], field: string): void {
  const kinds = new Set<unknown>(STEP_KINDS);
  for (const step of steps) {
    if (!(isObject(step) && kinds.has(step.kind))) {
      throw new RequestError(
        field,
        `must consist of steps, got ${inspect(step)}. Build steps with \`model\`, such as model.say('Hello').`,
      );
    }
  }
}

function checkOrder(steps: readonly ModelStep[], field: string): void {
  const end = steps.findIndex(({ kind }) => kind === 'fail' || kind === 'hang');
  const last = steps[end];
  if (last === undefined) return;
  const after = steps.slice(end + 1).find(({ kind }) => kind !== 'usage');
  if (after) {
    throw new RequestError(
      field,
      `must not contain ${name(after)} after ${name(last)}, which ends the response. Move it before, or into another entry.`,
    );
  }
  const before = steps.slice(0, end).find(({ kind }) => kind !== 'usage');
  if (last.kind === 'fail' && last.how === 'http' && before) {
    throw new RequestError(
      field,
      `must contain nothing but ${name(last)}, which is an HTTP status. Move ${name(before)} into another entry.`,
    );
  }
}

const STEP_KINDS = [
  'say',
  'think',
  'search',
  'run',
  'type',
  'patch',
  'todos',
  'mcp',
  'tool',
  'spawn_agent',
  'wait_agent',
  'send_agent',
  'close_agent',
  'usage',
  'fail',
  'hang',
] as const satisfies readonly ModelStep['kind'][];

function describe(steps: readonly ModelStep[]): string {
  return steps.length === 0 ? 'empty response' : steps.map(name).join(' + ');
}

const BUILDER_NAMES: Readonly<Partial<Record<ModelStep['kind'], string>>> = {
  spawn_agent: 'spawnAgent',
  wait_agent: 'waitForAgent',
  send_agent: 'tellAgent',
  close_agent: 'closeAgent',
};

function name(step: ModelStep): string {
  return step.kind === 'fail' ? step.label : (BUILDER_NAMES[step.kind] ?? step.kind);
}

function joinsNext({ kind }: ModelStep): boolean {
  return kind === 'think' || kind === 'search' || kind === 'usage';
}

/** `Array.isArray` would narrow a read-only list to `any[]`. */
function isList(script: ModelScript): boolean {
  return Array.isArray(script);
}

function isGroup(entry: ModelScriptEntry): entry is readonly ModelStep[] {
  return Array.isArray(entry);
}

export function isRule(entry: ModelScriptEntry | ModelRule): entry is ModelRule {
  return isObject(entry) && entry.kind === 'rule';
}
