import { inspect } from 'node:util';
import { RequestError } from '@codex-rx/core/errors';
import { isObject } from './recorded-request.js';
import type { ModelRule, ModelScript, ModelScriptEntry, ModelStep } from './steps.js';

/** What the model answers to one request. */
export interface ScriptedResponse {
  readonly steps: readonly ModelStep[];
  /** Where it stands, and what it does: `answer 2 of 3 (think + run)`. */
  readonly label: string;
}

/** Groups the entries that are no rules into responses: `think`, `search` and `usage` alone join the entry after them. */
export function toResponses(script: ModelScript, field: string): readonly ScriptedResponse[] {
  if (!isList(script)) throw new RequestError(field, 'must be a list of steps, such as [model.say("Hello")]');
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
    label: `answer ${String(index + 1)} of ${String(groups.length)} (${describe(steps)})`,
  }));
}

function checkSteps(steps: readonly unknown[], field: string): void {
  const kinds = new Set<unknown>(stepKinds);
  for (const step of steps) {
    if (!(isObject(step) && kinds.has(step.kind))) {
      throw new RequestError(
        field,
        `must consist of steps, got ${inspect(step)}. Build steps with \`model\`, such as model.say('Hello')`,
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
      `is invalid: ${name(after)} stands after ${name(last)}, which ends the response; put it before, or into an entry of its own`,
    );
  }
  const before = steps.slice(0, end).find(({ kind }) => kind !== 'usage');
  if (last.kind === 'fail' && last.how === 'http' && before) {
    throw new RequestError(
      field,
      `is invalid: ${name(last)} is a status instead of a response, so ${name(before)} cannot stand beside it; put it into an entry of its own`,
    );
  }
}

const stepKinds = [
  'say',
  'think',
  'search',
  'run',
  'type',
  'patch',
  'todos',
  'mcp',
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

const verbs: Readonly<Partial<Record<ModelStep['kind'], string>>> = {
  spawn_agent: 'spawnAgent',
  wait_agent: 'waitForAgent',
  send_agent: 'tellAgent',
  close_agent: 'closeAgent',
};

function name(step: ModelStep): string {
  return step.kind === 'fail' ? step.label : (verbs[step.kind] ?? step.kind);
}

function joinsNext({ kind }: ModelStep): boolean {
  return kind === 'think' || kind === 'search' || kind === 'usage';
}

/** `Array.isArray` would make `any[]` of a read-only list. */
function isList(script: ModelScript): boolean {
  return Array.isArray(script);
}

function isGroup(entry: ModelScriptEntry): entry is readonly ModelStep[] {
  return Array.isArray(entry);
}

export function isRule(entry: ModelScriptEntry | ModelRule): entry is ModelRule {
  return isObject(entry) && entry.kind === 'rule';
}
