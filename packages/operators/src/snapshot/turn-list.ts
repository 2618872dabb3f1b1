import type { PersistentVector } from './persistent-vector.js';
import type { ItemRecord, TurnRecord } from './records.js';
import { type Positions, range, Selection } from './selection.js';
import type { Sequence } from './sequence.js';
import type { Threads } from './threads-state.js';
import type { TurnSnapshot } from './types.js';

/** The turns of a stream with where its threads stand. A turn is put together when it is asked for. */
export class TurnList implements Sequence<TurnSnapshot> {
  readonly #threads: Threads;
  readonly #items: PersistentVector<ItemRecord>;
  /** What is shown of the turns that have not ended, by their positions. */
  #open: Map<number, TurnSnapshot> | undefined;

  constructor(threads: Threads, items: PersistentVector<ItemRecord>) {
    this.#threads = threads;
    this.#items = items;
  }

  get length(): number {
    return this.#threads.turns.length;
  }

  get threads(): Threads {
    return this.#threads;
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
    const turn = this.#threads.turns.get(position);
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
