import { RequestError } from '@codex-rx/core/errors';
import { messageTracker, type ThreadEvent } from '@codex-rx/core/events';
import { concatMap, defer, filter, from, map, type OperatorFunction, of } from 'rxjs';
import { type Answer, decodeOutput, isPromise } from '../message/decode-output.js';
import {
  type CodecLike,
  type EitherLike,
  isCodec,
  isStandardSchema,
  type OutputDecoder,
  type StandardSchemaLike,
} from '../message/output-schema.js';

/**
 * Emits the agent's answer as a validated value.
 *
 * <span class="informal">For runs with an `outputSchema`: JSON in, typed value out.</span>
 *
 * At each `turn.completed`, parses the last message of the turn as JSON, validates it, and emits the value. A single
 * value in a code fence or between sentences is found, as models without structured output write it. Completes with
 * the source.
 *
 * Errors with a {@link DecodeError} (code `DECODE_FAILED`, `line` 0) if the turn has no message, if it is not JSON, or
 * if it does not fit the schema. The error has the `text`, the `usage` and the `threadId` of the answer; its `path` and
 * `problem` say what is wrong, and its `cause` has the issues of a Standard Schema, or the error that a function threw.
 * Errors of the source are passed on unchanged.
 *
 * @example
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { finalOutput } from '@codex-rx/operators';
 * import { z } from 'zod';
 *
 * const Verdict = z.object({ ok: z.boolean(), reason: z.string() });
 *
 * exec$({ prompt: 'Is this code correct?', workingDirectory: '.', timeout: 10 * 60_000, outputSchema: Verdict })
 *   .pipe(finalOutput(Verdict))
 *   .subscribe({
 *     next: ({ ok, reason }) => console.log(ok, reason),
 *     error: (error) => console.error(String(error)),
 *   });
 * ```
 *
 * @see {@link finalMessage}
 *
 * @param schema A Standard Schema (zod, valibot, ArkType, …), an io-ts codec, or a function that returns the value or
 * an Either, or throws.
 * @returns An operator that emits the validated answer of each completed turn.
 * @throws {RequestError} (code `REQUEST_INVALID`) If `schema` is none of these.
 */
// With one signature for all, TypeScript would infer the Either instead of its value.
/* eslint-disable @typescript-eslint/unified-signatures */
export function finalOutput<A>(schema: StandardSchemaLike<A>): OperatorFunction<ThreadEvent, A>;
export function finalOutput<A>(schema: CodecLike<A>): OperatorFunction<ThreadEvent, A>;
export function finalOutput<A>(schema: (value: unknown) => EitherLike<A>): OperatorFunction<ThreadEvent, A>;
export function finalOutput<A>(schema: (value: unknown) => A): OperatorFunction<ThreadEvent, A>;
/* eslint-enable @typescript-eslint/unified-signatures */
export function finalOutput<A>(schema: OutputDecoder<A>): OperatorFunction<ThreadEvent, A> {
  if (!isStandardSchema(schema) && !isCodec(schema) && typeof schema !== 'function')
    throw new RequestError('finalOutput.schema', 'must be a Standard Schema, an io-ts codec or a function.');
  return (source$) =>
    defer(() => {
      const track = messageTracker();
      return source$.pipe(
        map((event) => answerOf(event, track(event).answer)),
        filter((answer) => answer !== undefined),
        map((answer) => decodeOutput(answer, schema)),
        concatMap((value) => (isPromise(value) ? from(value) : of(value))),
      );
    });
}

function answerOf(event: ThreadEvent, text: string | undefined): Answer | undefined {
  if (text === undefined) return undefined;
  return { text, threadId: event.thread_id, usage: event.type === 'turn.completed' ? event.usage : undefined };
}
