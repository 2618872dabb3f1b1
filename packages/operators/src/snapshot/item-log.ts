import type { ThreadItem } from '@codex-rx/core/events';
import { noneOpen, type OpenItems, openAfter } from './open-items.js';
import type { Growth, ItemRecord } from './records.js';
import { type ItemChange, noItems, type SettledItems, settledAfter } from './settled-items.js';

/**
 * The items of a stream as the reducer knows them. One is made for each event of an item, and most are never looked at. So it is a change and
 * what was before: the items are settled when somebody looks, with all changes since the last look in one go.
 */
export interface ItemLog {
  /** How many items there are. */
  readonly length: number;
  /** No item is called `item_N` with an N as high as this. */
  readonly nextNumber: number;
  readonly open: OpenItems;
  /** How many changes have led to it. */
  readonly changes: number;
  readonly change: ItemChange | undefined;
  /** What was before the change, until it is settled. */
  before: ItemLog | undefined;
  settled: SettledItems | undefined;
}

export const emptyItemLog: ItemLog = {
  length: 0,
  nextNumber: 0,
  open: noneOpen,
  changes: 0,
  change: undefined,
  before: undefined,
  settled: noItems,
};

/** It is settled after so many changes although nobody has looked: what it holds on to is bounded. */
const mostUnsettled = 64;

/** With one more item. `number`: the N of its id `item_N`, or -1. */
export function logPushed(log: ItemLog, record: ItemRecord, number: number): ItemLog {
  const { nextNumber } = log;
  const next = number < nextNumber ? nextNumber : number + 1;
  return logAfter(log, log.length + 1, next, openAfter(log.open, record), record);
}

/** With another record of an item that is known. */
export function logSet(log: ItemLog, record: ItemRecord): ItemLog {
  return logAfter(log, log.length, log.nextNumber, openAfter(log.open, record), record);
}

/** With one more piece of an item. */
export function logGrown(log: ItemLog, piece: Growth): ItemLog {
  return logAfter(log, log.length, log.nextNumber, log.open, piece);
}

function logAfter(before: ItemLog, length: number, nextNumber: number, open: OpenItems, change: ItemChange): ItemLog {
  const changes = before.changes + 1;
  const log = { length, nextNumber, open, changes, change, before, settled: undefined };
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

/** Position of the latest item with this id, not before `from`, that is accepted; or -1. */
export function findItem(log: ItemLog, id: string, from: number, accept: (record: ItemRecord) => boolean): number {
  return settledItems(log).records.find(id, from, accept);
}
