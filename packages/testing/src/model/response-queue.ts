import { type RecordedRequest, userMessages } from './recorded-request.js';
import type { ScriptedResponse } from './scripted-response.js';
import { isRule, toResponses } from './scripted-response.js';
import type { ModelScript, SpawnAgentStep } from './steps.js';

/** Gives each request its answer. Deterministic: the same script and requests give the same answers. */
export interface ResponseQueue {
  /** The answer for a request, which is then used up; `undefined` if there is none. */
  next(request: RecordedRequest): ScriptedResponse | undefined;
  /** What has not been given yet. */
  pending(): readonly string[];
  /** What was given, in the order in which it was. */
  given(): readonly string[];
}

interface Queue {
  readonly label: string;
  readonly matches: (request: RecordedRequest) => boolean;
  readonly answers: readonly ScriptedResponse[];
  readonly repeat: boolean;
  given: number;
}

/** Checks a script and makes a book of it. Throws a `RequestError` whose field says which entry is wrong. */
export function createResponseQueue(script: ModelScript): ResponseQueue {
  const queues = collect(script, 'script', { label: '', matches: () => true, repeat: false });
  const given: string[] = [];
  return {
    next(request) {
      for (const queue of queues) {
        const answer = queue.answers[queue.repeat ? Math.min(queue.given, queue.answers.length - 1) : queue.given];
        if (answer === undefined || !queue.matches(request)) continue;
        queue.given += 1;
        given.push(`${queue.label}${answer.label}`);
        return answer;
      }
      return undefined;
    },
    given: () => given,
    pending: () =>
      queues.flatMap(({ label, answers, given }) => answers.slice(given).map((answer) => `${label}${answer.label}`)),
  };
}

/** The queues of a script, the most specific first: those of its sub-agents and rules, then its own. */
function collect(
  script: ModelScript,
  field: string,
  own: Pick<Queue, 'label' | 'matches' | 'repeat'>,
): readonly Queue[] {
  const answers = toResponses(script, field);
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
