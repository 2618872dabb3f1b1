import { filter, map, type Observable, scan } from 'rxjs';
import type { EventContext, ThreadEvent } from '../events/events.js';
import type { ExecRequest } from '../request/types.js';
import { exec$ } from './exec.js';

interface Answer {
  /** The last message of each turn, the latest one at the end. Mostly there is one turn. */
  readonly said: readonly Said[];
  /** That of the turn that is complete with this event. */
  readonly text?: string;
}

interface Said {
  readonly turn: EventContext;
  readonly text: string;
}

function listen({ said }: Answer, event: ThreadEvent): Answer {
  if (event.type === 'item.completed' && event.item.type === 'agent_message') {
    const { thread_id, turn_id, item } = event;
    const others = said.filter(({ turn }) => turn.thread_id !== thread_id || turn.turn_id !== turn_id);
    return { said: [...others, { turn: event, text: item.text }] };
  }
  // A body with an unexpected shape is `malformed`; its type still shows that the turn has ended.
  const type = event.type === 'malformed' ? event.event_type : event.type;
  if (type !== 'turn.completed') return { said };
  return { said, text: said.filter(({ turn }) => isSameTurn(turn, event)).at(-1)?.text ?? '' };
}

/** Compares ids only if the CLI sent both: the decoder invents an id for an event without one. */
function isSameTurn(one: EventContext, other: EventContext): boolean {
  if (one.thread_id !== other.thread_id) return false;
  return !hasOwnId(one.turn_id) || !hasOwnId(other.turn_id) || one.turn_id === other.turn_id;
}

function hasOwnId(turn_id: string | undefined): turn_id is string {
  return turn_id !== undefined && !turn_id.startsWith('synthetic-turn-');
}

/**
 * Sends one prompt and emits the final message of the turn, or `''` if the turn has no message. Emits once, when the
 * turn completes. Completes when the process has exited.
 *
 * Errors like `exec$`.
 *
 * @example
 * ```ts
 * import { sendPrompt$ } from '@codex-rx/core';
 *
 * sendPrompt$({ prompt: 'What is 6 × 7? Answer with the number only.' }).subscribe({
 *   next: (answer) => console.log(answer),
 *   error: (error) => console.error(String(error)),
 * });
 * ```
 */
export function sendPrompt$(request: ExecRequest): Observable<string> {
  return exec$(request).pipe(
    scan<ThreadEvent, Answer>(listen, { said: [] }),
    map(({ text }) => text),
    filter((text) => text !== undefined),
    // Not `take(1)`, which would complete before the process is gone; the first turn counts.
    filter((_, index) => index === 0),
  );
}
