import { type RecordedRequest, userMessages } from './recorded-request.js';
import type { ScriptedResponse } from './scripted-response.js';
import { isRule, toResponses } from './scripted-response.js';
import type { ModelScript, SpawnAgentStep } from './steps.js';

/** Assigns responses to requests. Deterministic: the same script and requests yield the same responses. */
export interface ResponseQueue {
  /** Removes and returns the response to a request; `undefined` if no response matches. */
  next(request: RecordedRequest): ScriptedResponse | undefined;
  /** Returns whether the request is that of a sub-agent of the script. */
  hasAgent(request: RecordedRequest): boolean;
  /** Returns the labels of the responses that were not sent. */
  remaining(): readonly string[];
  /** Returns the labels of the sent responses, in the order of their requests. */
  sent(): readonly string[];
}

interface Queue {
  readonly label: string;
  readonly matches: (request: RecordedRequest) => boolean;
  readonly responses: readonly ScriptedResponse[];
  readonly repeat: boolean;
  /** Whether the responses are for a sub-agent. */
  readonly isAgent: boolean;
  sent: number;
}

/**
 * Validates a script and queues its responses.
 *
 * @throws RequestError if the script is invalid; `field` is the path of the invalid entry.
 */
export function createResponseQueue(script: ModelScript): ResponseQueue {
  const queues = collectQueues(script, 'script', { label: '', matches: () => true, repeat: false, isAgent: false });
  const sent: string[] = [];
  return {
    next(request) {
      for (const queue of queues) {
        const index = queue.repeat ? Math.min(queue.sent, queue.responses.length - 1) : queue.sent;
        const response = queue.responses[index];
        if (response === undefined || !queue.matches(request)) continue;
        queue.sent += 1;
        sent.push(`${queue.label}${response.label}`);
        return response;
      }
      return undefined;
    },
    hasAgent: (request) => queues.some(({ isAgent, matches }) => isAgent && matches(request)),
    sent: () => sent,
    remaining: () =>
      queues.flatMap(({ label, responses, sent }) =>
        responses.slice(sent).map((response) => `${label}${response.label}`),
      ),
  };
}

/** Returns the queues of a script, most specific first: its sub-agents, its rules, its own responses. */
function collectQueues(script: ModelScript, field: string, own: Omit<Queue, 'responses' | 'sent'>): readonly Queue[] {
  const responses = toResponses(script, field);
  const agents = responses
    .flatMap(({ steps }) => steps)
    .filter((step): step is SpawnAgentStep => step.kind === 'spawn_agent')
    .flatMap(({ task, responses }) => {
      const label = `spawnAgent(${JSON.stringify(task)})`;
      return collectQueues(responses, label, {
        label: `${label}: `,
        matches: matchSubAgent(task),
        repeat: false,
        isAgent: true,
      });
    });
  const rules = script
    .filter(isRule)
    .flatMap(({ label, responses, matches, repeat }) =>
      collectQueues(responses, label, { label: `${label}: `, matches, repeat, isAgent: false }),
    );
  return [...agents, ...rules, { ...own, responses, sent: 0 }];
}

/**
 * Requests of a sub-agent contain its task as a user message. The first match binds the queue to the thread of the
 * request.
 */
function matchSubAgent(task: string): Queue['matches'] {
  let owner: string | undefined;
  return (request) => {
    if (owner !== undefined) return request.threadId === owner;
    if (!userMessages(request.input).some((text) => text.trim() === task.trim())) return false;
    owner = request.threadId;
    return true;
  };
}
