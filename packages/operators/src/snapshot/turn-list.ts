import type { ItemList } from './item-list.js';
import { type List, listed } from './list.js';
import type { TurnRecord } from './records.js';
import { type Positions, range, Selection } from './selection.js';
import type { Sequence } from './sequence.js';
import type { Threads } from './threads-state.js';
import type { TurnSnapshot } from './types.js';

/** The turns of a stream with where its threads stand. A turn is put together when it is asked for. */
export class TurnList implements Sequence<TurnSnapshot> {
  declare readonly at: List<TurnSnapshot>['at'];
  declare readonly toArray: List<TurnSnapshot>['toArray'];
  declare readonly toJSON: List<TurnSnapshot>['toJSON'];
  declare readonly [Symbol.iterator]: List<TurnSnapshot>[typeof Symbol.iterator];

  static {
    listed(this);
  }

  readonly #threads: Threads;
  readonly #items: ItemList;
  /** What is shown of the turns that have not ended, by their positions. */
  #open: Map<number, TurnSnapshot> | undefined;

  constructor(threads: Threads, items: ItemList) {
    this.#threads = threads;
    this.#items = items;
  }

  get length(): number {
    return this.#threads.turns.length;
  }

  get threads(): Threads {
    return this.#threads;
  }

  valueAt(position: number): TurnSnapshot {
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

function shown(turn: TurnRecord, items: ItemList): TurnSnapshot {
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

function positionsOf(turn: TurnRecord, items: ItemList): Positions {
  const { first, end = items.length } = turn;
  if (turn.isContiguous) return range(first, end);
  const positions: number[] = [];
  for (let position = first; position < end; position++) {
    if (items.get(position).where.turn === turn.where.turn) positions.push(position);
  }
  return { length: positions.length, get: (place) => positions[place] ?? -1 };
}
