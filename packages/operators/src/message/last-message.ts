import type { AgentMessageItem, ThreadEvent } from '@codex-rx/core/events';

export interface AnswerState {
  /** The thread of events that name none. */
  readonly thread_id: string | undefined;
  /** Per thread, the message that is its turn's answer so far. */
  readonly answers: ReadonlyMap<string | undefined, AgentMessageItem>;
}

export const noAnswers: AnswerState = { thread_id: undefined, answers: /* @__PURE__ */ new Map() };

/** What is known after an event; with the end of a successful turn, its answer. */
export function followAnswer(state: AnswerState, event: ThreadEvent): readonly [state: AnswerState, answer?: string] {
  const thread_id = event.thread_id ?? state.thread_id;
  const known = state.answers.get(thread_id);
  switch (event.type) {
    case 'item.completed':
      return event.item.type === 'agent_message' && outranks(event.item, known)
        ? [{ ...state, answers: new Map(state.answers).set(thread_id, event.item) }]
        : [state];
    case 'thread.started':
      return [{ ...without(state, event.thread_id), thread_id: event.thread_id }];
    case 'turn.completed':
      return [without(state, thread_id), known?.text ?? ''];
    case 'turn.failed':
      return [without(state, thread_id)];
    default:
      return [state];
  }
}

/** The last one counts, but a comment does not come before a message that is marked as the answer. */
function outranks(message: AgentMessageItem, before: AgentMessageItem | undefined): boolean {
  return message.phase !== 'commentary' || before === undefined || before.phase === 'commentary';
}

function without(state: AnswerState, thread_id: string | undefined): AnswerState {
  if (!state.answers.has(thread_id)) return state;
  const answers = new Map(state.answers);
  answers.delete(thread_id);
  return { ...state, answers };
}
