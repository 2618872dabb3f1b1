import type { AgentMessageItem, CommandExecutionItem } from '@codex-rx/core/events';
import { FileList } from './file-list.js';
import { ItemList } from './item-list.js';
import { emptyItemLog } from './item-log.js';
import { emptyVector, type PersistentVector } from './persistent-vector.js';
import { commandsOf, messagesOf, type Selection } from './selection.js';
import { emptyThreads } from './threads-state.js';
import { TurnList } from './turn-list.js';
import type { Notice, ThreadSnapshot } from './types.js';

/** A snapshot of the reducer: its lists know more than they show. */
export interface StatefulSnapshot extends ThreadSnapshot {
  readonly turns: TurnList;
  readonly items: ItemList;
  readonly files: FileList;
  readonly commands: Selection<CommandExecutionItem>;
  readonly messages: Selection<AgentMessageItem>;
  readonly notices: PersistentVector<Notice>;
}

export type SnapshotDraft = { -readonly [K in keyof StatefulSnapshot]: StatefulSnapshot[K] };

/** A copy to be changed before it is handed out. Field by field, as spreading costs more. */
export function draftOf(snapshot: StatefulSnapshot): SnapshotDraft {
  return {
    threadId: snapshot.threadId,
    attempt: snapshot.attempt,
    status: snapshot.status,
    error: snapshot.error,
    turns: snapshot.turns,
    items: snapshot.items,
    todos: snapshot.todos,
    files: snapshot.files,
    commands: snapshot.commands,
    messages: snapshot.messages,
    notices: snapshot.notices,
    usage: snapshot.usage,
  };
}

/** What is known before the first event. */
export const emptySnapshot: ThreadSnapshot = /* @__PURE__ */ initialSnapshot();

function initialSnapshot(): StatefulSnapshot {
  return {
    threadId: undefined,
    attempt: 0,
    status: 'pending',
    error: undefined,
    turns: new TurnList(emptyThreads, emptyItemLog),
    items: new ItemList(emptyItemLog),
    todos: undefined,
    files: new FileList(emptyItemLog),
    commands: commandsOf(emptyItemLog),
    messages: messagesOf(emptyItemLog),
    notices: emptyVector(),
    usage: { total: undefined, turn: undefined },
  };
}
