import type { AgentMessageItem, EventContext, ThreadEvent } from '@codex-rx/core/events';
import { turnEnd } from '../turn-end.js';

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

/** What was emitted of a message that is not complete. */
interface OpenText {
  readonly text: string;
  readonly turn_id: string | undefined;
  /** Its turn has ended: from another turn, the same id means another message. */
  readonly isOver: boolean;
}

type ThreadTexts = ReadonlyMap<string, OpenText>;

export interface OpenTexts {
  /** The thread of events that name none. */
  readonly thread_id: string | undefined;
  /** Per thread, the messages that are not complete, by id. */
  readonly threads: ReadonlyMap<string | undefined, ThreadTexts>;
}

export const noTexts: OpenTexts = { thread_id: undefined, threads: /* @__PURE__ */ new Map() };

/** The piece that an event adds to a message, if any, and what is known after it. */
export function growText(open: OpenTexts, event: ThreadEvent): readonly [open: OpenTexts, delta?: TextDelta] {
  if (turnEnd(event) !== undefined) return [turnOver(open, event)];
  switch (event.type) {
    case 'thread.started':
      return [{ ...withTexts(open, event, undefined), thread_id: event.thread_id }];
    case 'item.delta': {
      if (event.item_type !== 'agent_message') return [open];
      const text = event.delta.text_delta ?? '';
      const next = withText(open, event, event.item_id, knownText(open, event, event.item_id) + text);
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

/** The text of the message of the open turn that began last, if none of it is complete. */
export function lastOpenText(open: OpenTexts, context: EventContext): string | undefined {
  const texts = [...textsOf(open, context).values()];
  return texts.filter(({ isOver }) => !isOver).at(-1)?.text;
}

function turnOver(open: OpenTexts, context: EventContext): OpenTexts {
  const over = Array.from(textsOf(open, context), ([id, known]) => [id, { ...known, isOver: true }] as const);
  return over.length === 0 ? open : withTexts(open, context, new Map(over));
}

/** The whole message is told: what is new of it. */
function told(
  open: OpenTexts,
  context: EventContext,
  { id, text }: AgentMessageItem,
  completed: boolean,
): readonly [open: OpenTexts, delta?: TextDelta] {
  const known = knownText(open, context, id);
  const next = withText(open, context, id, completed ? undefined : text);
  const replaces = !text.startsWith(known);
  const added = replaces ? text : text.slice(known.length);
  return added === '' && !completed && !replaces ? [next] : [next, delta(context, id, added, replaces, completed)];
}

function textsOf(open: OpenTexts, { thread_id = open.thread_id }: EventContext): ThreadTexts {
  return open.threads.get(thread_id) ?? new Map<string, OpenText>();
}

function knownText(open: OpenTexts, context: EventContext, id: string): string {
  const known = textsOf(open, context).get(id);
  if (known === undefined || (known.isOver && known.turn_id !== context.turn_id)) return '';
  return known.text;
}

function withText(open: OpenTexts, context: EventContext, id: string, text: string | undefined): OpenTexts {
  const texts = new Map(textsOf(open, context));
  if (text === undefined) texts.delete(id);
  else texts.set(id, { text, turn_id: context.turn_id, isOver: false });
  return withTexts(open, context, texts);
}

function withTexts(
  open: OpenTexts,
  { thread_id = open.thread_id }: EventContext,
  texts: ThreadTexts | undefined,
): OpenTexts {
  const threads = new Map(open.threads);
  if (texts === undefined || texts.size === 0) threads.delete(thread_id);
  else threads.set(thread_id, texts);
  return { ...open, threads };
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
