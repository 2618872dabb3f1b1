import { RequestError } from '@codex-rx/core/errors';
import { completeAt, errorAt, type Frame, nextAt } from '../timeline/frame.js';

/** What a name in a diagram stands for. */
export interface MarbleMeaning<T> {
  /** One character outside of braces, which takes one frame as in RxJS. */
  symbol(name: string): T;
  /** A word inside of braces. */
  word(name: string): T;
  readonly error: unknown;
}

interface State<T> {
  frame: number;
  /** The frame of what is in `(…)`, where symbols happen at once but take their frames. */
  group: number | undefined;
  readonly moments: Frame<T>[];
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };

/**
 * Reads a diagram. Outside of braces it is what RxJS' TestScheduler reads in run mode: `-` is a frame (1 ms), `20ms`, `1.5s` and `2m` pass time (also at the end, where RxJS wants a blank),
 * a character is a value and takes a frame, `(ab)` happens at once, `|` completes, `#` errors, blanks only separate. Inside of braces are
 * names of any length, separated by blanks, that happen at once and take no time: `{thread turn} 12ms {+cmd0} 3s {cmd0 done |}`.
 */
export function parseMarbles<T>(marbles: string, meaning: MarbleMeaning<T>): Frame<T>[] {
  const state: State<T> = { frame: 0, group: undefined, moments: [] };
  const token = /\s+|(?<=^|\s)(\d+(?:\.\d+)?)(ms|s|m)(?=\s|$)|\{([^{}]*)\}|([\s\S])/gu;
  for (const { 0: text, 1: amount, 2: unit, 3: words, 4: symbol, index } of marbles.matchAll(token)) {
    if (amount !== undefined && unit !== undefined) state.frame += Number(amount) * (UNITS[unit] ?? 1);
    else if (words !== undefined) readWords(words, meaning, state);
    else if (symbol !== undefined && text.trim() !== '') readSymbol(symbol, meaning, state, () => at(marbles, index));
  }
  if (state.group !== undefined) throw new RequestError('marbles', `is invalid: a ( is not closed: ${marbles}`);
  return state.moments;
}

function readWords<T>(words: string, meaning: MarbleMeaning<T>, { frame, moments }: State<T>): void {
  for (const name of words.split(/\s+/).filter((word) => word !== '')) {
    if (name === '|') moments.push(completeAt(frame));
    else if (name === '#') moments.push(errorAt(frame, meaning.error));
    else moments.push(nextAt(frame, meaning.word(name)));
  }
}

function readSymbol<T>(symbol: string, meaning: MarbleMeaning<T>, state: State<T>, place: () => string): void {
  const frame = state.group ?? state.frame;
  switch (symbol) {
    case '-':
      break;
    case '(':
      if (state.group !== undefined) throw new RequestError('marbles', `is invalid: a ( inside of ( ) ${place()}`);
      state.group = state.frame;
      break;
    case ')':
      if (state.group === undefined) throw new RequestError('marbles', `is invalid: a ) without its ( ${place()}`);
      state.group = undefined;
      break;
    case '|':
      state.moments.push(completeAt(frame));
      break;
    case '#':
      state.moments.push(errorAt(frame, meaning.error));
      break;
    case '{':
    case '}':
      throw new RequestError('marbles', `is invalid: a ${symbol} without its partner ${place()}`);
    case '^':
    case '!':
      throw new RequestError(
        'marbles',
        `is invalid: ${symbol} is for subscriptions, not for runs; leave early with \`until\` ${place()}`,
      );
    default:
      state.moments.push(nextAt(frame, meaning.symbol(symbol)));
  }
  state.frame += 1;
}

const at = (marbles: string, index: number): string => `at "${marbles.slice(index, index + 20)}"`;
