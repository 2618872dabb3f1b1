import { DecodeError } from '@codex-rx/core/errors';
import type { Usage } from '@codex-rx/core/events';
import { errorMessage } from '../util/error-message.js';
import { describeIssues } from './describe-issues.js';
import { type Description, describeLeft } from './describe-left.js';
import { findJson } from './find-json.js';
import {
  isCodec,
  isEither,
  isStandardSchema,
  type OutputDecoder,
  type StandardIssue,
  type StandardResult,
} from './output-schema.js';

/** The answer of a turn. */
export interface Answer {
  readonly text: string;
  readonly threadId: string | undefined;
  readonly usage: Usage | undefined;
}

/**
 * Parses the text as JSON, also in a code fence or between sentences, and validates it. Returns a Promise if the schema
 * is asynchronous.
 *
 * @throws {DecodeError} If the text is not JSON or does not fit the schema.
 */
export function decodeOutput<A>(answer: Answer, schema: OutputDecoder<A>): A | Promise<A> {
  const value = parseOutput(answer);
  if (!isStandardSchema(schema)) return valueOf(answer, () => decodeValue(schema, value));
  const result = valueOf(answer, () => schema['~standard'].validate(value));
  return isPromise(result)
    ? result.then(
        (awaited) => validated(answer, awaited),
        (error: unknown) => valueOf(answer, () => rethrow(error)),
      )
    : validated(answer, result);
}

function parseOutput(answer: Answer): unknown {
  const { text } = answer;
  if (text === '') throw invalid(answer, { path: '', problem: 'the turn has no final message to decode' });
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const json = findJson(text);
    if (json !== undefined) return JSON.parse(json) as unknown;
    throw invalid(answer, { path: '', problem: `the final message is not JSON (${errorMessage(error)})` });
  }
}

/** Returns the value that a codec or a function decodes, or a failure. */
function decodeValue<A>(decoder: Exclude<OutputDecoder<A>, { '~standard': unknown }>, value: unknown): A {
  const result = isCodec(decoder) ? decoder.decode(value) : decoder(value);
  if (!isEither(result)) return result;
  if (result._tag === 'Right') return result.right;
  throw new Failure(describeLeft(result.left));
}

class Failure extends Error {
  readonly description: Description;

  constructor(description: Description) {
    super(description.problem);
    this.description = description;
  }
}

/** Turns an error of the schema into a `DecodeError`. */
function valueOf<A>(answer: Answer, read: () => A): A {
  try {
    return read();
  } catch (error) {
    if (error instanceof Failure) throw invalid(answer, error.description);
    throw invalid(answer, describeThrown(error), error);
  }
}

/** A function may call a library that throws an error with its issues. */
function describeThrown(error: unknown): Description {
  const { issues } = Object(error) as { readonly issues?: unknown };
  return Array.isArray(issues) ? describeIssues(issues as readonly StandardIssue[]) : describeLeft(error);
}

/** Not `instanceof`: the Promise may come from another realm. */
export function isPromise<T>(value: T | Promise<T>): value is Promise<T> {
  return typeof (value as Partial<Promise<T>> | null | undefined)?.then === 'function';
}

function rethrow(error: unknown): never {
  throw error;
}

function validated<A>(answer: Answer, result: StandardResult<A>): A {
  if (result.issues === undefined) return result.value;
  throw invalid(answer, describeIssues(result.issues), result.issues);
}

function invalid(answer: Answer, description: Description, cause?: unknown): DecodeError {
  return new DecodeError({ line: 0, ...description, ...answer, excerpt: answer.text.slice(0, 200) }, cause);
}
