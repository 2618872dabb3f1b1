import type { EventContext } from '../events.js';
import { isWireTurnId, replacesTurn } from '../turn-ids.js';

interface Turn<T> {
  turn_id: string | undefined;
  /** Its start was received. */
  isStarted: boolean;
  /** Its end was received. */
  hasEnded: boolean;
  readonly state: T;
}

/** Turns remembered per thread: late events belong to one of the last turns. */
const MAX_TURNS = 4;

/** Keeps a state per turn, and finds that of the turn of an event. Mutable: it is used for each delta of a text. */
export class RecentTurns<T> {
  readonly #newState: () => T;
  /** The last turns of each thread, the latest at the end. */
  readonly #threads = new Map<string | undefined, Turn<T>[]>();
  /** The thread of events without one. */
  #threadId: string | undefined;

  constructor(newState: () => T) {
    this.#newState = newState;
  }

  /** Starts a run of a thread. Its ids start again. */
  threadStarted(thread_id: string): void {
    this.#threads.delete(thread_id);
    this.#threadId = thread_id;
  }

  turnStarted(event: EventContext): void {
    const { turn_id } = event;
    const turns = this.#turnsOf(event);
    const known = turn_id === undefined ? undefined : withId(turns, turn_id);
    const open = openOf(turns);
    // Events before any start and without an id belong to no turn.
    const isTaken =
      open !== undefined && (open.isStarted || open.turn_id !== undefined) && !replacesTurn(open, turn_id);
    if (known !== undefined) known.isStarted = true;
    else if (!isTaken) this.#add(turns, turn_id).isStarted = true;
  }

  /** Ends the turn of an event and returns its state, or `undefined` if the turn had ended before. */
  turnEnded(event: EventContext): T | undefined {
    const turns = this.#turnsOf(event);
    const turn = named(turns, event) ?? openOf(turns, event) ?? this.#add(turns, event.turn_id);
    if (turn.hasEnded) return undefined;
    turn.hasEnded = true;
    return turn.state;
  }

  /** Returns the state of the turn of an item. Without a turn id, that is the open turn, else the last one. */
  turnOf(event: EventContext): T {
    const turns = this.#turnsOf(event);
    const last = event.turn_id === undefined ? turns.at(-1) : undefined;
    return (named(turns, event) ?? openOf(turns, event) ?? last ?? this.#add(turns, event.turn_id)).state;
  }

  #turnsOf({ thread_id = this.#threadId }: EventContext): Turn<T>[] {
    let turns = this.#threads.get(thread_id);
    if (turns === undefined) this.#threads.set(thread_id, (turns = []));
    return turns;
  }

  #add(turns: Turn<T>[], turn_id: string | undefined): Turn<T> {
    const turn = { turn_id, isStarted: false, hasEnded: false, state: this.#newState() };
    turns.push(turn);
    if (turns.length > MAX_TURNS) turns.shift();
    return turn;
  }
}

function withId<T>(turns: readonly Turn<T>[], turn_id: string): Turn<T> | undefined {
  return turns.find((turn) => turn.turn_id === turn_id);
}

/** Returns the turn whose id is in the event. */
function named<T>(turns: readonly Turn<T>[], { turn_id }: EventContext): Turn<T> | undefined {
  return turn_id === undefined ? undefined : withId(turns, turn_id);
}

/** Returns the open turn if the event can belong to it. A turn whose id was not on the wire takes that of the event. */
function openOf<T>(turns: readonly Turn<T>[], { turn_id }: EventContext = {}): Turn<T> | undefined {
  const last = turns.at(-1);
  if (last === undefined || last.hasEnded) return undefined;
  if (!isWireTurnId(turn_id)) return last;
  if (isWireTurnId(last.turn_id)) return undefined;
  last.turn_id = turn_id;
  return last;
}
