import { describeValue } from '../request/checks.js';
import { isTable } from '../request/is-table.js';
import type { ToolContent, ToolOutcome, ToolResult } from '../request/tool-types.js';
import { redactText } from '../secrets/redact.js';
import { errorMessage } from '../util/error-message.js';

/** The CLI copies a result into its events, whose lines are limited to 16 MiB. */
const MAX_RESULT_BYTES = 8 * 1024 * 1024;
const MAX_MESSAGE_CHARACTERS = 4000;

/** Returns the content of a result. @throws Error for a value that is not a result, or is too large */
export function toContent(result: ToolResult): readonly ToolContent[] {
  const parts: readonly unknown[] = typeof result === 'string' ? [{ type: 'text', text: result }] : list(result);
  const content = parts.map(toPart);
  const size = content.reduce((sum, part) => sum + sizeOf(part), 0);
  if (size > MAX_RESULT_BYTES)
    throw new Error(`The result of the tool has ${size} bytes; the limit is ${MAX_RESULT_BYTES}. Request less.`);
  return content;
}

/** Returns what the model receives for a call that failed. */
export function toFailure(error: unknown): ToolOutcome {
  const text = redactText(errorMessage(error)).slice(0, MAX_MESSAGE_CHARACTERS);
  return { content: [{ type: 'text', text: wellFormed(text === '' ? 'The tool failed.' : text) }], isError: true };
}

function list(result: unknown): readonly unknown[] {
  if (Array.isArray(result)) return result;
  throw new Error(`The tool returned ${describeValue(result)} instead of a string or an array of content.`);
}

function toPart(part: unknown): ToolContent {
  const { type, text, data, mediaType } = (isTable(part) ? part : {}) as Readonly<Record<string, unknown>>;
  if (type === 'text' && typeof text === 'string') return { type, text: wellFormed(text) };
  // Not `instanceof`, because the value may come from another realm.
  if (type === 'image' && ArrayBuffer.isView(data) && typeof mediaType === 'string')
    return { type, data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength), mediaType };
  throw new Error('The tool returned content that is neither a text nor an image with "data" and "mediaType".');
}

/** The size of a part as JSON. */
function sizeOf(part: ToolContent): number {
  return part.type === 'text' ? Buffer.byteLength(JSON.stringify(part.text)) : Math.ceil(part.data.byteLength / 3) * 4;
}

/** The CLI does not answer a message with a lone surrogate. */
function wellFormed(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, '\u{fffd}');
}

/** The bytes of an image, in Base64. */
export function toBase64({ data }: { readonly data: Uint8Array }): string {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64');
}
