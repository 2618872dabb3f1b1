import type { AgentMessageItem, EventContext, ThreadEvent } from '@codex-rx/core/events';

/** A piece of a message of the agent. */
export interface TextDelta extends EventContext {
  readonly item_id: string;
  /** What to append to the message; with `replaces`, the whole message. */
  readonly text: string;
  /** What was emitted for this message before is void: the CLI has rewritten it. */
  readonly replaces: boolean;
  /** The message is complete. */
  readonly completed: boolean;
}

/** What was emitted of the messages that are not complete, by id. */
export type OpenTexts = ReadonlyMap<string, string>;

/** The piece that an event adds to a message, if any, and what is known after it. */
export function growText(open: OpenTexts, event: ThreadEvent): readonly [open: OpenTexts, delta?: TextDelta] {
  switch (event.type) {
    case 'thread.started':
      return [noTexts];
    case 'item.delta': {
      if (event.item_type !== 'agent_message') return [open];
      const text = event.delta.text_delta ?? '';
      const known = open.get(event.item_id) ?? '';
      const next = new Map(open).set(event.item_id, known + text);
      return text === '' ? [next] : [next, delta(event, event.item_id, text, false, false)];
    }
    case 'item.started':
    case 'item.updated':
      return event.item.type === 'agent_message' ? told(open, event, event.item, false) : [open];
    case 'item.completed':
      return event.item.type === 'agent_message' ? told(open, event, event.item, true) : [open];
    default:
      return [open];
  }
}

export const noTexts: OpenTexts = /* @__PURE__ */ new Map();

/** The whole message is told: what is new of it. */
function told(
  open: OpenTexts,
  context: EventContext,
  { id, text }: AgentMessageItem,
  completed: boolean,
): readonly [open: OpenTexts, delta?: TextDelta] {
  const known = open.get(id) ?? '';
  const next = new Map(open);
  if (completed) next.delete(id);
  else next.set(id, text);
  const replaces = !text.startsWith(known);
  const added = replaces ? text : text.slice(known.length);
  return added === '' && !completed && !replaces ? [next] : [next, delta(context, id, added, replaces, completed)];
}

function delta(context: EventContext, item_id: string, text: string, replaces: boolean, completed: boolean): TextDelta {
  const { thread_id, turn_id } = context;
  return {
    item_id,
    text,
    replaces,
    completed,
    ...(thread_id !== undefined && { thread_id }),
    ...(turn_id !== undefined && { turn_id }),
  };
}
