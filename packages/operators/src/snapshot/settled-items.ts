import type { FileChangeItem } from '@codex-rx/core/events';
import { filesAfter, noFiles } from './changed-files.js';
import { Growth, grown } from './grown-item.js';
import { emptyKeyedList, type KeyedList } from './keyed-list.js';
import { emptyVector, type PersistentVector } from './persistent-vector.js';
import type { ItemRecord, ShownTurn } from './records.js';
import type { ChangedFile } from './types.js';

/** The record of an item that was told, or a piece of one. */
export type ItemChange = ItemRecord | Growth;

export interface TurnItems {
  readonly positions: PersistentVector<number>;
  /** The last change of one of them. */
  readonly last: ItemChange | undefined;
  /** What was shown of the turn with these items last. */
  shown: ShownTurn | undefined;
}

/** Items, and the positions of those that are listed by their kind, in the order in which they became one of it. */
export interface SettledItems {
  readonly records: KeyedList<ItemRecord>;
  readonly commands: PersistentVector<number>;
  readonly messages: PersistentVector<number>;
  /** What patches have changed. */
  readonly files: KeyedList<ChangedFile>;
  /** By the turn's position; may end before the last turn. */
  readonly turns: PersistentVector<TurnItems | undefined>;
}

export const noItems: SettledItems = /* @__PURE__ */ (() => ({
  records: emptyKeyedList<ItemRecord>((record) => record.id),
  commands: emptyVector<number>(),
  messages: emptyVector<number>(),
  files: noFiles,
  turns: emptyVector<TurnItems | undefined>(),
}))();

/** The items after some changes. */
export function settledAfter(settled: SettledItems, changes: readonly ItemChange[]): SettledItems {
  let { records, commands, messages, files, turns } = settled;
  const { length } = records;
  // Of each item, only what it is in the end is put into the list.
  const added: ItemRecord[] = [];
  const replaced = new Map<number, ItemRecord>();
  /** Of items that were not told again since, by position. */
  const pieces = new Map<number, Growth[]>();
  let turn = -1;
  let positions = emptyVector<number>();
  let last: ItemChange | undefined;
  const recordAt = (position: number): ItemRecord | undefined =>
    position < length ? (replaced.get(position) ?? records.get(position)) : added[position - length];
  const put = (position: number, record: ItemRecord): void => {
    if (position < length) replaced.set(position, record);
    else added[position - length] = record;
  };
  for (const change of changes) {
    const { position } = change;
    const before = recordAt(position);
    const record = change instanceof Growth ? before : change;
    // A piece is only of an item that is known.
    if (record === undefined) continue;
    const { type, where } = record;
    // Nearly always, all changes are of the same turn.
    if (where.turn !== turn) {
      turns = withTurn(turns, turn, positions, last);
      turn = where.turn;
      positions = itemsOfTurn(turns, turn)?.positions ?? emptyVector<number>();
    }
    last = change;
    if (change instanceof Growth) {
      const earlier = pieces.get(position);
      if (earlier === undefined) pieces.set(position, [change]);
      else earlier.push(change);
      continue;
    }
    put(position, record);
    if (pieces.size > 0) pieces.delete(position);
    if (before === undefined) positions = positions.push(position);
    if (type === 'file_change' && record.state !== 'in_progress') {
      files = filesAfter(files, record.item as FileChangeItem);
    }
    if (before?.type === type) continue;
    if (type === 'command_execution') commands = commands.push(position);
    else if (type === 'agent_message') messages = messages.push(position);
  }
  for (const [position, growths] of pieces) {
    const record = recordAt(position);
    if (record !== undefined) put(position, grown(record, growths));
  }
  for (const [position, record] of replaced) records = records.set(position, record);
  return {
    records: records.pushAll(added),
    commands,
    messages,
    files,
    turns: withTurn(turns, turn, positions, last),
  };
}

/** `undefined` for a turn without items, and outside of any. */
export function itemsOfTurn(turns: SettledItems['turns'], turn: number): TurnItems | undefined {
  return turn >= 0 && turn < turns.length ? turns.get(turn) : undefined;
}

function withTurn(
  turns: SettledItems['turns'],
  turn: number,
  positions: PersistentVector<number>,
  last: ItemChange | undefined,
): SettledItems['turns'] {
  if (turn < 0) return turns;
  let longer = turns;
  while (longer.length <= turn) longer = longer.push(undefined);
  return longer.set(turn, { positions, last, shown: undefined });
}
