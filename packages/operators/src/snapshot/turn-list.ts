import type { TurnError, Usage } from '@codex-rx/core/events';
import type { ItemRecord } from './item-list.js';
import type { KeyedList } from './keyed-list.js';
import type { PersistentVector } from './persistent-vector.js';
import { type Positions, range, Selection } from './selection.js';
import type { Sequence } from './sequence.js';
import type { TurnSnapshot, TurnStatus } from './types.js';

/** Where an item belongs; the same object for all items of a turn. */
export interface Where {
  readonly thread_id: string | undefined;
  readonly turn_id: string | undefined;
  readonly run: number;
  readonly attempt: number;
  /** Position of the turn; -1 outside of any turn. */
  readonly turn: number;
}

/** What is kept of a turn. It does not change with its items, so that an item costs no more than itself. */
export interface TurnRecord {
  readonly where: Where;
  readonly status: TurnStatus;
  readonly error: TurnError | undefined;
  readonly usage: Usage | undefined;
  /** No item of the turn is before this position. */
  readonly first: number;
  /** When the turn has ended, no item of it is at this position or after it. */
  readonly end: number | undefined;
  /** Whether all items between are of this turn. */
  readonly isContiguous: boolean;
  /** What is shown of a turn that has ended, once it was asked for. */
  shown?: TurnSnapshot | undefined;
}

/** The public face of the turn records. Turns are put together when they are asked for. */
export class TurnList implements Sequence<TurnSnapshot> {
  readonly #turns: KeyedList<TurnRecord>;
  readonly #items: PersistentVector<ItemRecord>;
  /** What is shown of the turns that have not ended, by their positions. */
  #open: Map<number, TurnSnapshot> | undefined;

  constructor(turns: KeyedList<TurnRecord>, items: PersistentVector<ItemRecord>) {
    this.#turns = turns;
    this.#items = items;
  }

  get length(): number {
    return this.#turns.length;
  }

  at(index: number): TurnSnapshot | undefined {
    const position = index < 0 ? this.length + Math.trunc(index) : Math.trunc(index);
    return position >= 0 && position < this.length ? this.#get(position) : undefined;
  }

  *[Symbol.iterator](): Iterator<TurnSnapshot> {
    for (let position = 0; position < this.length; position++) yield this.#get(position);
  }

  toArray(): TurnSnapshot[] {
    return [...this];
  }

  toJSON(): TurnSnapshot[] {
    return this.toArray();
  }

  /** So that `console.log` in Node shows the turns. */
  [Symbol.for('nodejs.util.inspect.custom')](): TurnSnapshot[] {
    return this.toArray();
  }

  #get(position: number): TurnSnapshot {
    const turn = this.#turns.get(position);
    if (turn.end !== undefined) return (turn.shown ??= shown(turn, this.#items));
    const known = this.#open?.get(position);
    if (known !== undefined) return known;
    const snapshot = shown(turn, this.#items);
    this.#open ??= new Map();
    this.#open.set(position, snapshot);
    return snapshot;
  }
}

function shown(turn: TurnRecord, items: PersistentVector<ItemRecord>): TurnSnapshot {
  const { thread_id, turn_id, run, attempt } = turn.where;
  const { status, error, usage } = turn;
  return {
    thread_id,
    turn_id,
    run,
    attempt,
    status,
    error,
    usage,
    items: new Selection(items, positionsOf(turn, items)),
  };
}

function positionsOf(turn: TurnRecord, items: PersistentVector<ItemRecord>): Positions {
  const { first, end = items.length } = turn;
  if (turn.isContiguous) return range(first, end);
  const positions: number[] = [];
  for (let position = first; position < end; position++) {
    if (items.get(position).where.turn === turn.where.turn) positions.push(position);
  }
  return { length: positions.length, get: (place) => positions[place] ?? -1 };
}
