import {
  addTokens,
  coversTokens,
  equalTokens,
  NO_TOKENS,
  parseTokens,
  subtractTokens,
  type Tokens,
  totalTokens,
} from './tokens.js';

/** The counters of a session between two of its records. Immutable. */
export interface TokenCounter {
  /** The last total of the file; `undefined` before the first. */
  readonly total: Tokens | undefined;
  /** Whether the first total may contain the tokens of the session that this one was forked from. */
  readonly forked: boolean;
  /** Whether a new process has started to count since the last total (CLI ≤ 0.125 marks it). */
  readonly restarted: boolean;
  /** The responses that were recorded since the last total (CLI ≥ 0.169). */
  readonly responses: Tokens;
}

/** The next state of the counter, and the tokens that are new. */
export type Counted = readonly [counter: TokenCounter, tokens: Tokens | undefined];

export function startCounter(forked: boolean): TokenCounter {
  return { total: undefined, forked, restarted: false, responses: NO_TOKENS };
}

/**
 * Takes the `info` of a `token_count` record. The CLI repeats records, counts per thread (CLI ≥ 0.98) or per process,
 * and starts at 0 or, in a fork, at the total of the origin. The last response distinguishes these cases: a total that
 * equals it is the first of its counter.
 */
export function countTotal(counter: TokenCounter, info: unknown): Counted {
  if (typeof info !== 'object' || info === null) return [{ ...counter, restarted: true }, undefined];
  const { total_token_usage, last_token_usage } = info as Readonly<Record<string, unknown>>;
  const total = parseTokens(total_token_usage);
  if (total === undefined) return [counter, undefined];
  const added = growth(counter, total, parseTokens(last_token_usage));
  // A response of a killed process may be in no total, and a damaged line in no list of responses.
  const tokens = totalTokens(counter.responses) > totalTokens(added) ? counter.responses : added;
  return [{ total, forked: false, restarted: false, responses: NO_TOKENS }, some(tokens)];
}

/** Takes the tokens of one response, which a `token_usage_record` has and the next total contains. */
export function countResponse(counter: TokenCounter, usage: unknown): TokenCounter {
  const tokens = parseTokens(usage);
  return tokens === undefined ? counter : { ...counter, responses: addTokens(counter.responses, tokens) };
}

/** Takes the `info` of a copied record, whose tokens count in the session that it was copied from. */
export function skipTotal(counter: TokenCounter, info: unknown): TokenCounter {
  const [next] = countTotal(counter, info);
  return next;
}

/** Returns the responses that no total followed, at the end of the file. */
export function uncountedResponses({ responses }: TokenCounter): Tokens | undefined {
  return some(responses);
}

function growth({ total: before, forked, restarted }: TokenCounter, total: Tokens, last: Tokens | undefined): Tokens {
  const isFirst = last !== undefined && equalTokens(total, last);
  if (before === undefined) return forked && last !== undefined && coversTokens(total, last) ? last : total;
  if (restarted && isFirst) return total;
  if (equalTokens(total, before)) return NO_TOKENS;
  return isFirst || !coversTokens(total, before) ? total : subtractTokens(total, before);
}

function some(tokens: Tokens): Tokens | undefined {
  return totalTokens(tokens) === 0 ? undefined : tokens;
}
