import { RequestError } from '@codex-rx/core/errors';
import { completeAt, errorAt, type Frame, nextAt } from '../timeline/frame.js';

/** Maps the names of a diagram to values. */
export interface MarbleMeaning<T> {
  /** Maps a character outside braces, which takes one frame as in RxJS. */
  symbol(name: string): T;
  /** Maps a word in braces. */
  word(name: string): T;
  readonly error: unknown;
}

interface State<T> {
  frame: number;
  /** Frame of the open group `(…)`, whose symbols are synchronous but take their frames. */
  group: number | undefined;
  readonly frames: Frame<T>[];
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };

/**
 * Parses a diagram.
 *
 * Outside braces, a diagram has the syntax of RxJS' TestScheduler in run mode: `-` is a frame (1 ms), `20ms`, `1.5s`
 * and `2m` advance time (unlike in RxJS also at the end of the diagram), a character is a value and takes a frame,
 * `(ab)` is synchronous, `|` completes, `#` errors, blanks separate. Braces contain names of any length, separated by
 * blanks, that are synchronous and take no time: `{thread turn} 12ms {+cmd0} 3s {cmd0 done |}`.
 *
 * @throws RequestError if the diagram is invalid.
 */
export function parseMarbles<T>(marbles: string, meaning: MarbleMeaning<T>): Frame<T>[] {
  const state: State<T> = { frame: 0, group: undefined, frames: [] };
  const token = /\s+|(?<=^|\s)(\d+(?:\.\d+)?)(ms|s|m)(?=\s|$)|\{([^{}]*)\}|([\s\S])/gu;
  for (const { 0: text, 1: amount, 2: unit, 3: words, 4: symbol, index } of marbles.matchAll(token)) {
    if (amount !== undefined && unit !== undefined) state.frame += Number(amount) * (UNITS[unit] ?? 1);
    else if (words !== undefined) readWords(words, meaning, state);
    else if (symbol !== undefined && text.trim() !== '') readSymbol(symbol, meaning, state, () => at(marbles, index));
  }
  if (state.group !== undefined)
    throw new RequestError('marbles', `must close each parenthesis, but a ( is open in ${marbles}.`);
  return state.frames;
}

function readWords<T>(words: string, meaning: MarbleMeaning<T>, { frame, frames }: State<T>): void {
  for (const name of words.split(/\s+/).filter((word) => word !== '')) {
    if (name === '|') frames.push(completeAt(frame));
    else if (name === '#') frames.push(errorAt(frame, meaning.error));
    else frames.push(nextAt(frame, meaning.word(name)));
  }
}

function readSymbol<T>(symbol: string, meaning: MarbleMeaning<T>, state: State<T>, position: () => string): void {
  const frame = state.group ?? state.frame;
  switch (symbol) {
    case '-':
      break;
    case '(':
      if (state.group !== undefined) throw new RequestError('marbles', `must not nest ( in ( ) ${position()}.`);
      state.group = state.frame;
      break;
    case ')':
      if (state.group === undefined) throw new RequestError('marbles', `must not contain ) without ( ${position()}.`);
      state.group = undefined;
      break;
    case '|':
      state.frames.push(completeAt(frame));
      break;
    case '#':
      state.frames.push(errorAt(frame, meaning.error));
      break;
    case '{':
    case '}':
      throw new RequestError('marbles', `must not contain an unpaired ${symbol} ${position()}.`);
    case '^':
    case '!':
      throw new RequestError(
        'marbles',
        `must not contain ${symbol}, which marks subscriptions, ${position()}. Set "until" to unsubscribe early.`,
      );
    default:
      state.frames.push(nextAt(frame, meaning.symbol(symbol)));
  }
  state.frame += 1;
}

const at = (marbles: string, index: number): string => `at "${marbles.slice(index, index + 20)}"`;
