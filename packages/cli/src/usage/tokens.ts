/** Token counts of responses of a model. Each is a non-negative integer. */
export interface Tokens {
  /** Includes the cached ones and those written to the cache. */
  readonly input: number;
  readonly cachedInput: number;
  readonly cacheWriteInput: number;
  /** Includes those of reasoning. */
  readonly output: number;
  readonly reasoningOutput: number;
}

export const NO_TOKENS: Tokens = { input: 0, cachedInput: 0, cacheWriteInput: 0, output: 0, reasoningOutput: 0 };

/** Returns the counts of the CLI, or `undefined` if `value` does not have any. Absent counts are 0. */
export function parseTokens(value: unknown): Tokens | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const counts = value as Readonly<Record<string, unknown>>;
  const fields = [
    counts.input_tokens,
    counts.cached_input_tokens,
    counts.cache_write_input_tokens ?? 0,
    counts.output_tokens,
    counts.reasoning_output_tokens ?? 0,
  ];
  if (!fields.every(isCount)) return undefined;
  const [input = 0, cachedInput = 0, cacheWriteInput = 0, output = 0, reasoningOutput = 0] = fields;
  return { input, cachedInput, cacheWriteInput, output, reasoningOutput };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

export function addTokens(a: Tokens, b: Tokens): Tokens {
  return combine(a, b, (x, y) => x + y);
}

/** Returns `a` less `b`, which `a` covers. */
export function subtractTokens(a: Tokens, b: Tokens): Tokens {
  return combine(a, b, (x, y) => x - y);
}

/** Returns whether no count of `a` is less than that of `b`. */
export function coversTokens(a: Tokens, b: Tokens): boolean {
  return (
    a.input >= b.input &&
    a.cachedInput >= b.cachedInput &&
    a.cacheWriteInput >= b.cacheWriteInput &&
    a.output >= b.output &&
    a.reasoningOutput >= b.reasoningOutput
  );
}

export function equalTokens(a: Tokens, b: Tokens): boolean {
  return coversTokens(a, b) && coversTokens(b, a);
}

/** Returns input and output, without counting any token twice. */
export function totalTokens({ input, output }: Tokens): number {
  return input + output;
}

function combine(a: Tokens, b: Tokens, operation: (x: number, y: number) => number): Tokens {
  return {
    input: operation(a.input, b.input),
    cachedInput: operation(a.cachedInput, b.cachedInput),
    cacheWriteInput: operation(a.cacheWriteInput, b.cacheWriteInput),
    output: operation(a.output, b.output),
    reasoningOutput: operation(a.reasoningOutput, b.reasoningOutput),
  };
}
