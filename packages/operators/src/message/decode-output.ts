import { DecodeError } from '@codex-rx/core/errors';

/** As in fp-ts; that package is not needed. */
export type EitherLike<A> =
  | { readonly _tag: 'Left'; readonly left: unknown }
  | { readonly _tag: 'Right'; readonly right: A };

/** What `finalOutput()` decodes with: an io-ts codec, or a function that returns the value or an Either, or throws. */
export type OutputDecoder<A> =
  | { readonly decode: (value: unknown) => EitherLike<A> }
  | ((value: unknown) => EitherLike<A>)
  | ((value: unknown) => A);

/** Parses the text as JSON and decodes it. Throws a `DecodeError`, or what the decoder throws. */
export function decodeOutput<A>(text: string, decoder: OutputDecoder<A>): A {
  const value = parsed(text);
  const result = typeof decoder === 'function' ? decoder(value) : decoder.decode(value);
  if (!isEither(result)) return result;
  if (result._tag === 'Right') return result.right;
  throw new DecodeError({ line: 0, ...describe(result.left), excerpt: text.slice(0, 200) });
}

function parsed(text: string): unknown {
  const excerpt = text.slice(0, 200);
  if (text === '') {
    throw new DecodeError({ line: 0, path: '', problem: 'the turn has no final message to decode', excerpt });
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const problem = `the final message is not JSON (${reason}); ask for JSON with \`outputSchema\``;
    throw new DecodeError({ line: 0, path: '', problem, excerpt });
  }
}

function isEither<A>(value: A | EitherLike<A>): value is EitherLike<A> {
  if (typeof value !== 'object' || value === null) return false;
  const { _tag, ...rest } = value as { readonly _tag?: unknown };
  return (_tag === 'Left' && 'left' in rest) || (_tag === 'Right' && 'right' in rest);
}

/** A step of the way to a wrong value, as io-ts tells it. */
interface ContextEntry {
  readonly key: string;
  readonly type: { readonly name: string; readonly _tag?: string };
}

interface ValidationError {
  readonly context: readonly ContextEntry[];
  readonly message?: string | undefined;
}

/** The first of io-ts' errors, or whatever else the Left holds. */
function describe(left: unknown): { path: string; problem: string } {
  const first: unknown = Array.isArray(left) ? left[0] : left;
  if (isValidationError(first)) {
    const expected = first.context.at(-1)?.type.name ?? 'something else';
    return { path: pathOf(first.context), problem: first.message ?? `expected ${expected}` };
  }
  if (first instanceof Error) return { path: '', problem: first.message };
  return { path: '', problem: typeof first === 'string' ? first : `the decoder gave ${JSON.stringify(left)}` };
}

function isValidationError(value: unknown): value is ValidationError {
  return typeof value === 'object' && value !== null && Array.isArray((value as { context?: unknown }).context);
}

/** Keys of the value only: io-ts also counts the members of unions and intersections as steps. */
function pathOf(context: readonly ContextEntry[]): string {
  return context
    .filter((_, i) => i > 0 && !/^(Union|Intersection)Type$/.test(context[i - 1]?.type._tag ?? ''))
    .map(({ key }) => key)
    .join('.');
}
