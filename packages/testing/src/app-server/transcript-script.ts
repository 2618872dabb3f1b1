import type { FakeAppServerScript } from './script.js';
import type { ServerStep } from './steps.js';

type Fields = Readonly<Record<string, unknown>>;

interface Message {
  readonly id?: unknown;
  readonly method: string;
  readonly params: Fields;
}

/**
 * Returns a script that replays the turns of a recorded session with the real server.
 *
 * A request of the recording waits for the answer of the client. If the client declines what was accepted in the
 * recording, its item completes as declined, and a `cancel` ends the turn. A turn without an end waits for its
 * interrupt. Messages of other threads during a turn, such as those of sub-agents, are left out.
 *
 * @param recording Lines of JSON: `{ "dir": "<", "msg": … }` for each message of the server; others are ignored.
 *
 * @example
 * ```ts
 * import { fakeAppServer, transcriptScript } from '@codex-rx/testing';
 *
 * const turn = { id: 'u', status: 'inProgress', items: [] };
 * const messages = [
 *   { method: 'turn/started', params: { threadId: 't', turn } },
 *   { method: 'turn/completed', params: { threadId: 't', turn: { ...turn, status: 'completed' } } },
 * ];
 * const recording = messages.map((msg) => JSON.stringify({ dir: '<', msg })).join('\n');
 * console.log(transcriptScript(recording).turns?.length); // 1
 * ```
 */
export function transcriptScript(recording: string): FakeAppServerScript {
  const turns: Message[][] = [];
  let open: Message[] | undefined;
  let thread: unknown;
  for (const message of messagesIn(recording)) {
    const { method, params } = message;
    if (open === undefined) {
      if (method !== 'turn/started') continue;
      open = [];
      thread = params.threadId;
    } else if ((params.threadId ?? thread) === thread) {
      open.push(message);
      if (method !== 'turn/completed') continue;
      turns.push(open);
      open = undefined;
    }
  }
  const unfinished: readonly ServerStep[][] = open === undefined ? [] : [[...toSteps(open), { kind: 'hang' }]];
  return { turns: [...turns.map(toSteps), ...unfinished] };
}

function messagesIn(recording: string): readonly Message[] {
  return recording
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as { readonly dir: string; readonly msg: Partial<Message> })
    .flatMap(({ dir, msg: { id, method, params } }) =>
      dir === '<' && method !== undefined ? [{ id, method, params: params ?? {} }] : [],
    );
}

function toSteps(messages: readonly Message[]): readonly ServerStep[] {
  const at = messages.findIndex(({ id }) => id !== undefined);
  const request = messages[at];
  if (request === undefined) return messages.flatMap(toStep);
  const params = withoutIds(request.params);
  return [
    ...messages.slice(0, at).flatMap(toStep),
    {
      kind: 'request',
      method: request.method,
      params,
      then: (answer) => toSteps(after(messages.slice(at + 1), params.itemId, answer)),
    },
  ];
}

function toStep({ method, params }: Message): readonly ServerStep[] {
  if (method === 'turn/completed') {
    const { status, error } = params.turn as { readonly status: string; readonly error?: { readonly message: string } };
    return [{ kind: 'end', status, ...(error == null ? {} : { error }) }];
  }
  const rest = withoutIds(params);
  // The fake server has ids of its own, and shows the prompt by itself.
  const isOwn = fieldOf(rest.item, 'type') === 'userMessage' || typeof params.turnId !== 'string';
  return isOwn ? [] : [{ kind: 'notify', method, params: rest }];
}

/** The messages after an answer that may differ from that of the recording. */
function after(messages: readonly Message[], itemId: unknown, answer: unknown): readonly Message[] {
  const decision = fieldOf(answer, 'decision');
  if (decision !== 'decline' && decision !== 'cancel') return messages;
  const declined = messages.flatMap((message): Message[] => {
    const { item } = message.params;
    if (message.params.itemId === itemId) return [];
    if (message.method !== 'item/completed' || fieldOf(item, 'id') !== itemId) return [message];
    const declinedItem = { ...(item as Fields), status: 'declined', exitCode: null, aggregatedOutput: null };
    return [{ ...message, params: { ...message.params, item: declinedItem } }];
  });
  if (decision === 'decline') return declined;
  const end = declined.findIndex(({ params }) => fieldOf(params.item, 'id') === itemId) + 1;
  return [...declined.slice(0, end), { method: 'turn/completed', params: { turn: { status: 'interrupted' } } }];
}

/** The fake server fills in its own ids. */
function withoutIds(params: Fields): Fields {
  return Object.fromEntries(Object.entries(params).filter(([name]) => name !== 'threadId' && name !== 'turnId'));
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Fields)[name] : undefined;
}
