import type { AgentMessageItem, CommandExecutionItem } from '../items.js';
import { freshMeter } from '../usage/usage-meter.js';
import { FileList } from './files.js';
import { ItemList, TurnList } from './lists.js';
import { emptyVector, type PersistentVector } from './persistent-vector.js';
import { NO_ITEMS, NO_THREADS, NO_TURNS, type ThreadRecord, type ThreadsState, type TurnRecord } from './records.js';
import type { ItemSnapshot, Notice, ThreadSnapshot, TurnSnapshot } from './types.js';

/** A snapshot of the reducer. Its lists contain the state that the reducer needs for the next event. */
export interface StatefulSnapshot extends ThreadSnapshot {
  readonly turns: TurnList;
  readonly items: ItemList;
  readonly files: FileList;
  readonly commands: PersistentVector<CommandExecutionItem>;
  readonly messages: PersistentVector<AgentMessageItem>;
  readonly notices: PersistentVector<Notice>;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A snapshot while one event is applied to it. Fields are assigned; their values are immutable. */
export type SnapshotDraft = Mutable<Omit<StatefulSnapshot, 'threadId' | 'turns' | 'items'> & ThreadsState> & {
  items: ItemList['records'];
  /** Position of the item that the event changes, or -1. */
  changed: number;
};

export function toDraft(snapshot: StatefulSnapshot): SnapshotDraft {
  const { attempt, status, error, todos, files, commands, messages, notices, usage } = snapshot;
  const { turns, threads, main, ended } = snapshot.turns.state;
  const items = snapshot.items.records;
  return {
    attempt,
    status,
    error,
    todos,
    files,
    commands,
    messages,
    notices,
    usage,
    items,
    turns,
    threads,
    main,
    ended,
    changed: -1,
  };
}

/** Returns the snapshot after the event. It shares the lists that the event did not change. */
export function fromDraft(draft: SnapshotDraft, before: StatefulSnapshot): StatefulSnapshot {
  const { attempt, status, error, todos, files, commands, messages, notices, usage } = draft;
  const { items, turns, threads, main, ended, changed } = draft;
  const { state } = before.turns;
  const isSame = turns === state.turns && threads === state.threads && main === state.main && ended === state.ended;
  return {
    threadId: mainThread(draft).threadId,
    attempt,
    status,
    error,
    turns: isSame ? before.turns : new TurnList({ turns, threads, main, ended }),
    items: changed < 0 ? before.items : new ItemList(items, changed),
    todos,
    files,
    commands,
    messages,
    notices,
    usage,
  };
}

export function mainThread({ threads, main }: ThreadsState): ThreadRecord {
  return threads.get(main);
}

export function setTurn(draft: SnapshotDraft, position: number, changes: Partial<TurnRecord['snapshot']>): void {
  const { snapshot, subAgentCalls } = draft.turns.get(position);
  draft.turns = draft.turns.set(position, { snapshot: { ...snapshot, ...changes }, subAgentCalls });
}

/** The snapshot before the first event. */
export const emptySnapshot: ThreadSnapshot = /* @__PURE__ */ initialSnapshot();

function initialSnapshot(): StatefulSnapshot {
  const main: ThreadRecord = {
    index: 0,
    threadId: undefined,
    hasStarted: false,
    run: 0,
    attempt: 0,
    firstTurn: 0,
    turn: -1,
    openTurns: undefined,
    openCount: 0,
    firstItem: 0,
    openFrom: 0,
    meter: freshMeter,
  };
  return {
    threadId: undefined,
    attempt: 0,
    status: 'pending',
    error: undefined,
    turns: new TurnList({ turns: NO_TURNS, threads: NO_THREADS.push(main), main: 0, ended: -1 }),
    items: new ItemList(NO_ITEMS, -1),
    todos: undefined,
    files: new FileList(),
    commands: emptyVector(),
    messages: emptyVector(),
    notices: emptyVector(),
    usage: { total: undefined, turn: undefined },
  };
}

/** Returns the item that differs between a snapshot and the next one, or `undefined` if no item does. */
export function changedItem(before: ThreadSnapshot, after: ThreadSnapshot): ItemSnapshot | undefined {
  return before.items === after.items ? undefined : (after as StatefulSnapshot).items.changed;
}

/** Returns the items that are new or differ between two snapshots of a stream, in their order. */
export function changedItems(before: ThreadSnapshot, after: ThreadSnapshot): ItemSnapshot[] {
  const { records } = (after as StatefulSnapshot).items;
  const positions = records.vector.changedPositions((before as StatefulSnapshot).items.records.vector);
  return positions.map((position) => records.get(position).snapshot);
}

/** Returns the turn that ended between a snapshot and the next one, or `undefined` if no turn did. */
export function endedTurn(before: ThreadSnapshot, after: ThreadSnapshot): TurnSnapshot | undefined {
  const { ended } = (after as StatefulSnapshot).turns.state;
  return ended === (before as StatefulSnapshot).turns.state.ended ? undefined : after.turns.at(ended);
}
