import { DecodeError } from '@codex-rx/core/errors';
import { describeLeft } from './describe-left.js';

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
  throw new DecodeError({ line: 0, ...describeLeft(result.left), excerpt: text.slice(0, 200) });
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
