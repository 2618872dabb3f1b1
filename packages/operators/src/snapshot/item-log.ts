import type { ThreadItem } from '@codex-rx/core/events';
import type { Growth } from './grown-item.js';
import type { ItemRecord } from './records.js';
import { type ItemChange, itemsOfTurn, noItems, type SettledItems, settledAfter } from './settled-items.js';

/**
 * The items of a stream as the reducer knows them. One is made for each event of an item, and most are never looked at. So it is a change and
 * what was before: the items are settled when somebody looks, with all changes since the last look in one go.
 */
export interface ItemLog {
  /** How many items there are. */
  readonly length: number;
  /** The highest id of all items, in the order of `isHigher`. */
  readonly highestId: string;
  /**
   * An item that is known to be in progress, as it was told last: most events are about one that was told just before, and need no look
   * at the list of items.
   */
  readonly open: ItemRecord | undefined;
  /** More of them, as they run at the same time: the one that was told last is the first. */
  readonly others: readonly ItemRecord[];
  /** How many changes have led to it. */
  readonly changes: number;
  readonly change: ItemChange | undefined;
  /** What was before the change, until it is settled. */
  before: ItemLog | undefined;
  settled: SettledItems | undefined;
}

const noOthers: readonly ItemRecord[] = [];

export const emptyItemLog: ItemLog = {
  length: 0,
  highestId: '',
  open: undefined,
  others: noOthers,
  changes: 0,
  change: undefined,
  before: undefined,
  settled: noItems,
};

/** It is settled after so many changes although nobody has looked: what it holds on to is bounded. */
const mostUnsettled = 128;

/** Open items beyond these are looked up in the list of items. */
const mostOthers = 7;

/**
 * Whether an id is higher than another one. That no item has an id is known without a look at the list, if it is higher than all before: nearly
 * always, as the CLI counts its items. So the order is one in which numbers with the same words before them rise: the longer id is higher.
 */
export function isHigher(id: string, other: string): boolean {
  return id.length > other.length || (id.length === other.length && id > other);
}

/** With an item as it was told: one more, or one that is known. */
export function logTold(before: ItemLog, length: number, highestId: string, record: ItemRecord): ItemLog {
  let { open } = before;
  const { others } = before;
  const isOpen = record.state === 'in_progress';
  const isFirst = open === undefined || open.position === record.position;
  const areMany = others === noOthers ? isOpen && !isFirst : !isOpen || !isFirst;
  if (areMany) return logOfMany(before, length, highestId, record);
  if (isFirst) open = isOpen ? record : undefined;
  return logAfter(before, length, highestId, open, others, record);
}

/** As `logTold`, where items run at the same time. */
function logOfMany(before: ItemLog, length: number, highestId: string, record: ItemRecord): ItemLog {
  const { open, others } = before;
  // The items of other turns will not be asked for.
  const isOther = ({ where, position }: ItemRecord) => where === record.where && position !== record.position;
  const left = (open === undefined ? others : [open, ...others]).filter(isOther).slice(0, mostOthers);
  const first = record.state === 'in_progress' ? record : left.shift();
  return logAfter(before, length, highestId, first, left.length === 0 ? noOthers : left, record);
}

/** With one more piece of an item. */
export function logGrown(before: ItemLog, piece: Growth): ItemLog {
  return logAfter(before, before.length, before.highestId, before.open, before.others, piece);
}

function logAfter(
  before: ItemLog,
  length: number,
  highestId: string,
  open: ItemRecord | undefined,
  others: readonly ItemRecord[],
  change: ItemChange,
): ItemLog {
  const changes = before.changes + 1;
  const log = { length, highestId, open, others, changes, change, before, settled: undefined };
  if (changes % mostUnsettled === 0) settle(log);
  return log;
}

export function settledItems(log: ItemLog): SettledItems {
  return log.settled ?? settle(log);
}

function settle(log: ItemLog): SettledItems {
  const changes: ItemChange[] = [];
  let settled = noItems;
  for (let earlier: ItemLog | undefined = log; earlier !== undefined; earlier = earlier.before) {
    if (earlier.settled !== undefined) {
      settled = earlier.settled;
      break;
    }
    if (earlier.change !== undefined) changes.push(earlier.change);
  }
  log.before = undefined;
  log.settled = settledAfter(settled, changes.reverse());
  return log.settled;
}

export function recordAt(log: ItemLog, position: number): ItemRecord {
  return settledItems(log).records.get(position);
}

/** Position of the item that changed last; -1 before the first. */
export function changedPosition({ change }: ItemLog): number {
  return change === undefined ? -1 : change.position;
}

/** The item that an event has told, or that has grown by it. */
export function changedItem(log: ItemLog, record: ItemRecord): ThreadItem {
  return log.change === record ? record.item : recordAt(log, record.position).item;
}

/** Whether an item of this type is in progress in the turn at this position. */
export function hasOpenItem(log: ItemLog, turn: number, type: ThreadItem['type']): boolean {
  const { records, turns } = settledItems(log);
  const positions = itemsOfTurn(turns, turn)?.positions.toArray() ?? [];
  return positions
    .map((position) => records.get(position))
    .some((item) => item.type === type && item.state === 'in_progress');
}

/** Position of the latest item with this id, not before `from`, that is accepted; or -1. */
export function findItem(log: ItemLog, id: string, from: number, accept: (record: ItemRecord) => boolean): number {
  return settledItems(log).records.find(id, from, accept);
}
