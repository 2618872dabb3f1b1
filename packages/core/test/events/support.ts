import type { DecodeError } from '@codex-rx/core/errors';
import { createDecoder, type DecoderOptions, type RawLine, type ThreadEvent } from '@codex-rx/core/events';

/** Decodes lines with one decoder; what is blank leaves nothing. */
export function decodeAll(lines: readonly RawLine[], options?: DecoderOptions): (ThreadEvent | DecodeError)[] {
  const decoder = createDecoder(options);
  return lines.flatMap((line): (ThreadEvent | DecodeError)[] => {
    const result = decoder.decode(line);
    if (result._tag === 'Left') return [result.left];
    return result.right._tag === 'Some' ? [result.right.value] : [];
  });
}

/** Decodes values, written as JSON lines, with one decoder that is not strict. */
export function decodeValues(...values: readonly unknown[]): ThreadEvent[] {
  return decodeAll(values.map((value) => JSON.stringify(value))) as ThreadEvent[];
}

/** Decodes one value, written as a JSON line, with a new decoder that is not strict. */
export function decodeValue(value: unknown): ThreadEvent | undefined {
  return decodeValues(value)[0];
}

/** The error that a new strict decoder has for a value, if it has one. */
export function strictError(value: unknown): DecodeError | undefined {
  const result = createDecoder({ strict: true }).decode(JSON.stringify(value));
  return result._tag === 'Left' ? result.left : undefined;
}
