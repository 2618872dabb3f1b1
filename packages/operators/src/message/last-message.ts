import type { AgentMessageItem, ThreadEvent } from '@codex-rx/core/events';
import { turnEnd } from '../turn-end.js';
import { growText, lastOpenText, noTexts, type OpenTexts } from './text-growth.js';

export interface AnswerState {
  /** The thread of events that name none. */
  readonly thread_id: string | undefined;
  /** Per thread, the complete message that is its turn's answer so far. */
  readonly answers: ReadonlyMap<string | undefined, AgentMessageItem>;
  /** Messages that are not complete: an old log may never tell that they are. */
  readonly open: OpenTexts;
}

export const noAnswers: AnswerState = { thread_id: undefined, answers: /* @__PURE__ */ new Map(), open: noTexts };

/** What is known after an event; with the end of a successful turn, its answer. */
export function followAnswer(before: AnswerState, event: ThreadEvent): readonly [state: AnswerState, answer?: string] {
  const thread_id = event.thread_id ?? before.thread_id;
  const known = before.answers.get(thread_id);
  const [open] = growText(before.open, event);
  const state = open === before.open ? before : { ...before, open };
  const end = turnEnd(event);
  if (end === 'completed') {
    return [without(state, thread_id), known?.text ?? lastOpenText(before.open, event) ?? ''];
  }
  if (end === 'failed') return [without(state, thread_id)];
  if (event.type === 'thread.started') {
    return [{ ...without(state, event.thread_id), thread_id: event.thread_id }];
  }
  if (event.type === 'item.completed' && event.item.type === 'agent_message' && outranks(event.item, known)) {
    return [{ ...state, answers: new Map(state.answers).set(thread_id, event.item) }];
  }
  return [state];
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
