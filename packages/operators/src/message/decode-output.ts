import { DecodeError } from '@codex-rx/core/errors';
import { errorMessage } from '../util/error-message.js';
import { describeLeft } from './describe-left.js';
import { findJson } from './find-json.js';

/** As `Either` of fp-ts, which is not needed. */
export type EitherLike<A> =
  | { readonly _tag: 'Left'; readonly left: unknown }
  | { readonly _tag: 'Right'; readonly right: A };

/** A decoder for `finalOutput()`: an io-ts codec, or a function that returns the value or an Either, or throws. */
export type OutputDecoder<A> =
  | { readonly decode: (value: unknown) => EitherLike<A> }
  | ((value: unknown) => EitherLike<A>)
  | ((value: unknown) => A);

/**
 * Parses the text as JSON, also in a code fence or between sentences, and decodes it.
 *
 * @throws {DecodeError} If the text is not JSON, or if the decoder returns a `Left`. Errors of the decoder are thrown
 * unchanged.
 */
export function decodeOutput<A>(text: string, decoder: OutputDecoder<A>): A {
  const value = parseOutput(text);
  const result = typeof decoder === 'function' ? decoder(value) : decoder.decode(value);
  if (!isEither(result)) return result;
  if (result._tag === 'Right') return result.right;
  throw new DecodeError({ line: 0, ...describeLeft(result.left), excerpt: text.slice(0, 200) });
}

function parseOutput(text: string): unknown {
  const excerpt = text.slice(0, 200);
  if (text === '') {
    throw new DecodeError({ line: 0, path: '', problem: 'the turn has no final message to decode', excerpt });
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const json = findJson(text);
    if (json !== undefined) return JSON.parse(json) as unknown;
    const problem = `the final message is not JSON (${errorMessage(error)}); ask for JSON with \`outputSchema\``;
    throw new DecodeError({ line: 0, path: '', problem, excerpt });
  }
}

function isEither<A>(value: A | EitherLike<A>): value is EitherLike<A> {
  if (typeof value !== 'object' || value === null) return false;
  const { _tag, ...rest } = value as { readonly _tag?: unknown };
  return (_tag === 'Left' && 'left' in rest) || (_tag === 'Right' && 'right' in rest);
}
