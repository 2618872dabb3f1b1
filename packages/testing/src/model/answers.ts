import { RequestError } from '@codex-rx/core/errors';
import { type RecordedRequest, userMessages } from './recorded-request.js';
import type { Rule, Script, ScriptEntry, SpawnAgentStep, Step } from './steps.js';

/** What the model answers to one request. */
export interface Answer {
  readonly steps: readonly Step[];
  /** Where it stands, and what it does: `answer 2 of 3 (think + run)`. */
  readonly label: string;
}

/** Gives each request its answer. Deterministic: the same script and requests give the same answers. */
export interface AnswerBook {
  /** The answer for a request, which is then used up; `undefined` if there is none. */
  next(request: RecordedRequest): Answer | undefined;
  /** What has not been given yet. */
  pending(): readonly string[];
}

interface Queue {
  readonly label: string;
  readonly matches: (request: RecordedRequest) => boolean;
  readonly answers: readonly Answer[];
  readonly repeat: boolean;
  given: number;
}

/** Checks a script and makes a book of it. Throws a `RequestError` whose field says which entry is wrong. */
export function createAnswerBook(script: Script): AnswerBook {
  const queues = collect(script, 'script', { label: '', matches: () => true, repeat: false });
  return {
    next(request) {
      for (const queue of queues) {
        const answer = queue.answers[queue.repeat ? Math.min(queue.given, queue.answers.length - 1) : queue.given];
        if (answer === undefined || !queue.matches(request)) continue;
        queue.given += 1;
        return answer;
      }
      return undefined;
    },
    pending: () =>
      queues.flatMap(({ label, answers, given }) => answers.slice(given).map((answer) => `${label}${answer.label}`)),
  };
}

/** The queues of a script, the most specific first: those of its sub-agents and rules, then its own. */
function collect(script: Script, field: string, own: Pick<Queue, 'label' | 'matches' | 'repeat'>): readonly Queue[] {
  const isEntry = (entry: ScriptEntry | Rule): entry is ScriptEntry => !isRule(entry);
  const answers = respond(script.filter(isEntry), field);
  const agents = answers
    .flatMap(({ steps }) => steps)
    .filter((step): step is SpawnAgentStep => step.kind === 'spawn_agent')
    .flatMap(({ task, answers: script }) => {
      const label = `spawnAgent(${JSON.stringify(task)})`;
      return collect(script, label, { label: `${label}: `, matches: ofAgent(task), repeat: false });
    });
  const rules = script
    .filter(isRule)
    .flatMap(({ label, answers: script, matches, repeat }) =>
      collect(script, label, { label: `${label}: `, matches, repeat }),
    );
  return [...agents, ...rules, { ...own, answers, given: 0 }];
}

/** A sub-agent's requests carry its task as a user message; the first that comes claims the queue for its thread. */
function ofAgent(task: string): Queue['matches'] {
  let owner: string | undefined;
  return (request) => {
    if (owner !== undefined) return request.threadId === owner;
    if (!userMessages(request.input).some((text) => text.trim() === task.trim())) return false;
    owner = request.threadId;
    return true;
  };
}

/** Groups entries into responses: `think`, `search` and `usage` alone join the entry after them. */
function respond(entries: readonly ScriptEntry[], field: string): readonly Answer[] {
  const groups: Step[][] = [];
  let open: Step[] = [];
  entries.forEach((entry, index) => {
    const steps = isGroup(entry) ? entry : [entry];
    checkSteps(steps, `${field}[${String(index)}]`);
    open.push(...steps);
    const [step] = steps;
    if (!isGroup(entry) && step && joinsNext(step) && index < entries.length - 1) return;
    checkOrder(open, `${field}[${String(index)}]`);
    groups.push(open);
    open = [];
  });
  return groups.map((steps, index) => ({
    steps,
    label: `answer ${String(index + 1)} of ${String(groups.length)} (${describe(steps)})`,
  }));
}

function checkSteps(steps: readonly unknown[], field: string): void {
  const kinds = new Set<unknown>(stepKinds);
  for (const step of steps) {
    if (!(typeof step === 'object' && step !== null && 'kind' in step && kinds.has(step.kind))) {
      throw new RequestError(
        field,
        `${String(step)} is no step; build steps with \`model\`, such as model.say('Hello')`,
      );
    }
  }
}

function checkOrder(steps: readonly Step[], field: string): void {
  const end = steps.findIndex(({ kind }) => kind === 'fail' || kind === 'hang');
  const last = steps[end];
  if (last === undefined) return;
  const after = steps.slice(end + 1).find(({ kind }) => kind !== 'usage');
  if (after) {
    throw new RequestError(
      field,
      `${name(after)} stands after ${name(last)}, which ends the response; put it before, or into an entry of its own`,
    );
  }
  const before = steps.slice(0, end).find(({ kind }) => kind !== 'usage');
  if (last.kind === 'fail' && last.how === 'http' && before) {
    throw new RequestError(
      field,
      `${name(last)} is a status instead of a response, so ${name(before)} cannot stand beside it; put it into an entry of its own`,
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
  'plan',
  'mcp',
  'spawn_agent',
  'wait_agent',
  'send_agent',
  'close_agent',
  'usage',
  'fail',
  'hang',
] as const satisfies readonly Step['kind'][];

function describe(steps: readonly Step[]): string {
  return steps.length === 0 ? 'empty response' : steps.map(name).join(' + ');
}

const verbs: Readonly<Partial<Record<Step['kind'], string>>> = {
  spawn_agent: 'spawnAgent',
  wait_agent: 'waitForAgent',
  send_agent: 'tellAgent',
  close_agent: 'closeAgent',
};

function name(step: Step): string {
  return step.kind === 'fail' ? step.label : (verbs[step.kind] ?? step.kind);
}

function joinsNext({ kind }: Step): boolean {
  return kind === 'think' || kind === 'search' || kind === 'usage';
}

function isGroup(entry: ScriptEntry): entry is readonly Step[] {
  return Array.isArray(entry);
}

function isRule(entry: ScriptEntry | Rule): entry is Rule {
  return 'kind' in entry && entry.kind === 'rule';
}
