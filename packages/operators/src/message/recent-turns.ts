import type { EventContext } from '@codex-rx/core/events';
import { cutsOff, hasOwnId } from '../turn-start.js';

/** A turn of a thread. */
interface Turn<T> {
  turn_id: string | undefined;
  /** Its start was told. */
  isStarted: boolean;
  /** Its end was told. */
  isOver: boolean;
  readonly kept: T;
}

/** How many turns of a thread are remembered: late events come from the last ones. */
const mostTurns = 4;

/** Tells what is kept of the turn that an event is about. Mutable, as it is asked about each piece of a text. */
export class RecentTurns<T> {
  readonly #keep: () => T;
  /** Per thread, the last turns, the latest one at the end. */
  readonly #threads = new Map<string | undefined, Turn<T>[]>();
  /** The thread of events that name none. */
  #threadId: string | undefined;

  /** `keep` makes what is to be kept of a turn. */
  constructor(keep: () => T) {
    this.#keep = keep;
  }

  /** A run of the thread begins; ids begin again with it. */
  threadStarted(thread_id: string): void {
    this.#threads.delete(thread_id);
    this.#threadId = thread_id;
  }

  turnStarted(event: EventContext): void {
    const { turn_id } = event;
    const turns = this.#turnsOf(event);
    const known = turn_id === undefined ? undefined : withId(turns, turn_id);
    const open = openOf(turns);
    // What was told before any start, and without an id, is of no turn.
    const isTaken = open !== undefined && (open.isStarted || open.turn_id !== undefined) && !cutsOff(open, turn_id);
    if (known !== undefined) known.isStarted = true;
    else if (!isTaken) this.#add(turns, turn_id).isStarted = true;
  }

  /** What is kept of the turn that ends with this event, or `undefined` if its end was told before. */
  turnEnded(event: EventContext): T | undefined {
    const turns = this.#turnsOf(event);
    const turn = named(turns, event) ?? openOf(turns, event) ?? this.#add(turns, event.turn_id);
    if (turn.isOver) return undefined;
    turn.isOver = true;
    return turn.kept;
  }

  /** What is kept of the turn of an item. If its event names none, that is the open one, else the one that was open last. */
  turnOf(event: EventContext): T {
    const turns = this.#turnsOf(event);
    const last = event.turn_id === undefined ? turns.at(-1) : undefined;
    return (named(turns, event) ?? openOf(turns, event) ?? last ?? this.#add(turns, event.turn_id)).kept;
  }

  #turnsOf({ thread_id = this.#threadId }: EventContext): Turn<T>[] {
    let turns = this.#threads.get(thread_id);
    if (turns === undefined) this.#threads.set(thread_id, (turns = []));
    return turns;
  }

  #add(turns: Turn<T>[], turn_id: string | undefined): Turn<T> {
    const turn = { turn_id, isStarted: false, isOver: false, kept: this.#keep() };
    turns.push(turn);
    if (turns.length > mostTurns) turns.shift();
    return turn;
  }
}

function withId<T>(turns: readonly Turn<T>[], turn_id: string): Turn<T> | undefined {
  return turns.find((turn) => turn.turn_id === turn_id);
}

/** The turn that the event names. */
function named<T>(turns: readonly Turn<T>[], { turn_id }: EventContext): Turn<T> | undefined {
  return turn_id === undefined ? undefined : withId(turns, turn_id);
}

/** The turn that is open, if it can be the one of the event. It takes the event's id for its own if that was not on the wire. */
function openOf<T>(turns: readonly Turn<T>[], { turn_id }: EventContext = {}): Turn<T> | undefined {
  const last = turns.at(-1);
  if (last === undefined || last.isOver) return undefined;
  if (!hasOwnId(turn_id)) return last;
  if (hasOwnId(last.turn_id)) return undefined;
  last.turn_id = turn_id;
  return last;
}
