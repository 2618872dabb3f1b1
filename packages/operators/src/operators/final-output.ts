import type { ThreadEvent } from '@codex-rx/core/events';
import { map, type OperatorFunction } from 'rxjs';
import { decodeOutput, type EitherLike, type OutputDecoder } from '../message/decode-output.js';
import { finalMessage } from './final-message.js';

/**
 * Emits the agent's answer as a decoded value.
 *
 * <span class="informal">For runs with an `outputSchema`: JSON in, typed value out.</span>
 *
 * At each `turn.completed`, parses the last message of the turn as JSON, decodes it, and emits the value. A single
 * value in a code fence or between sentences is found, as models without structured output write it. Completes with
 * the source.
 *
 * Errors with a {@link DecodeError} (code `DECODE_FAILED`, `line` 0) if the turn has no message, if it is not JSON, or
 * if the decoder returns a `Left`. Its `path` and `problem` say what is wrong; for a union of io-ts, `problem` lists
 * the alternatives and the error of each. Errors that the decoder throws, and errors of the source, are passed on
 * unchanged.
 *
 * @example
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { finalOutput } from '@codex-rx/operators';
 * import * as t from 'io-ts';
 *
 * const Verdict = t.type({ ok: t.boolean, reason: t.string });
 * const outputSchema = {
 *   type: 'object',
 *   properties: { ok: { type: 'boolean' }, reason: { type: 'string' } },
 *   required: ['ok', 'reason'],
 *   additionalProperties: false,
 * };
 *
 * exec$({ prompt: 'Is this code correct?', outputSchema })
 *   .pipe(finalOutput(Verdict))
 *   .subscribe({
 *     next: ({ ok, reason }) => console.log(ok, reason),
 *     error: (error) => console.error(String(error)),
 *   });
 * ```
 *
 * With zod: `finalOutput((value) => schema.parse(value))`.
 *
 * @see {@link finalMessage}
 *
 * @param decoder An io-ts codec, or a function that returns the value or an Either, or throws.
 * @returns An operator that emits the decoded answer of each completed turn.
 */
// With one signature for all, TypeScript would infer the Either instead of its value.
/* eslint-disable @typescript-eslint/unified-signatures */
export function finalOutput<A>(decoder: {
  readonly decode: (value: unknown) => EitherLike<A>;
}): OperatorFunction<ThreadEvent, A>;
export function finalOutput<A>(decoder: (value: unknown) => EitherLike<A>): OperatorFunction<ThreadEvent, A>;
export function finalOutput<A>(decoder: (value: unknown) => A): OperatorFunction<ThreadEvent, A>;
/* eslint-enable @typescript-eslint/unified-signatures */
export function finalOutput<A>(decoder: OutputDecoder<A>): OperatorFunction<ThreadEvent, A> {
  return (source$) =>
    source$.pipe(
      finalMessage(),
      map((text) => decodeOutput(text, decoder)),
    );
}
