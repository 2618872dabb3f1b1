import type { AgentMessageItem, CommandExecutionItem, ThreadItem } from '@codex-rx/core/events';
import { type ItemLog, recordAt, settledItems } from './item-log.js';
import { type List, listed } from './list.js';
import type { Sequence } from './sequence.js';

/** Positions of items, in their order. */
export interface Positions {
  readonly length: number;
  get(place: number): number;
}

/** Some of the items, told by their positions: nothing is copied when an item changes or one is added. */
export class Selection<T extends ThreadItem> implements Sequence<T> {
  declare readonly at: List<T>['at'];
  declare readonly toArray: List<T>['toArray'];
  declare readonly toJSON: List<T>['toJSON'];
  declare readonly [Symbol.iterator]: List<T>[typeof Symbol.iterator];

  static {
    listed(this);
  }

  readonly #log: ItemLog;
  readonly #select: (log: ItemLog) => Positions;

  /** `select` is called whenever somebody looks. */
  constructor(log: ItemLog, select: (log: ItemLog) => Positions) {
    this.#log = log;
    this.#select = select;
  }

  get length(): number {
    return this.#select(this.#log).length;
  }

  valueAt(place: number): T {
    return recordAt(this.#log, this.#select(this.#log).get(place)).item as T;
  }
}

export function commandsOf(log: ItemLog): Selection<CommandExecutionItem> {
  return new Selection(log, commandPositions);
}

export function messagesOf(log: ItemLog): Selection<AgentMessageItem> {
  return new Selection(log, messagePositions);
}

function commandPositions(log: ItemLog): Positions {
  return settledItems(log).commands;
}

function messagePositions(log: ItemLog): Positions {
  return settledItems(log).messages;
}
