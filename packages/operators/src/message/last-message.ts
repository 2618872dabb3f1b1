import type { AgentMessageItem, ThreadEvent } from '@codex-rx/core/events';

/** Per thread, the message that is its turn's answer so far. */
export type Answers = ReadonlyMap<string | undefined, AgentMessageItem>;

export const noAnswers: Answers = /* @__PURE__ */ new Map();

/** The answers after an event; with the end of a successful turn, its answer. */
export function followAnswer(answers: Answers, event: ThreadEvent): readonly [answers: Answers, answer?: string] {
  switch (event.type) {
    case 'item.completed':
      return event.item.type === 'agent_message' && outranks(event.item, answers.get(event.thread_id))
        ? [new Map(answers).set(event.thread_id, event.item)]
        : [answers];
    case 'turn.completed':
      return [without(answers, event.thread_id), answers.get(event.thread_id)?.text ?? ''];
    case 'thread.started':
    case 'turn.failed':
      return [without(answers, event.thread_id)];
    default:
      return [answers];
  }
}

/** The last one counts, but a comment does not come before a message that is marked as the answer. */
function outranks(message: AgentMessageItem, before: AgentMessageItem | undefined): boolean {
  return message.phase !== 'commentary' || before === undefined || before.phase === 'commentary';
}

function without(answers: Answers, thread_id: string | undefined): Answers {
  if (!answers.has(thread_id)) return answers;
  const rest = new Map(answers);
  rest.delete(thread_id);
  return rest;
}
