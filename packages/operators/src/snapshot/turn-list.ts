import { type ItemLog, settledItems } from './item-log.js';
import { type List, listed } from './list.js';
import { emptyVector } from './persistent-vector.js';
import type { TurnRecord } from './records.js';
import { type Positions, Selection } from './selection.js';
import type { Sequence } from './sequence.js';
import { itemsOfTurn } from './settled-items.js';
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
  readonly #log: ItemLog;

  constructor(threads: Threads, log: ItemLog) {
    this.#threads = threads;
    this.#log = log;
  }

  get length(): number {
    return this.#threads.turns.length;
  }

  get threads(): Threads {
    return this.#threads;
  }

  valueAt(position: number): TurnSnapshot {
    const turn = this.#threads.turns.get(position);
    const items = itemsOfTurn(settledItems(this.#log).turns, position);
    const last = items?.last;
    let shown = items?.shown;
    if (shown?.turn !== turn) shown = turn.shown;
    if (shown === undefined || shown.last !== last) {
      shown = { turn, last, snapshot: shownOf(turn, this.#log, items?.positions ?? emptyVector()) };
    }
    // With the turn for snapshots that know its items by themselves; with its items for snapshots of other times.
    turn.shown = shown;
    if (items !== undefined) items.shown = shown;
    return shown.snapshot;
  }
}

function shownOf({ where, status, error, usage }: TurnRecord, log: ItemLog, positions: Positions): TurnSnapshot {
  const { threadId, turnId, run, attempt } = where;
  return { threadId, turnId, run, attempt, status, error, usage, items: new Selection(log, () => positions) };
}
