import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { InputError } from '../errors/input-error.js';
import { iterableStream } from './iterable-stream.js';
import { openFile } from './open-file.js';

/**
 * The path or `file:` URL of a file, a stream of bytes or text, or an iterable of text in any chunking (or of lines
 * without their `\n`, as `readline` emits them).
 */
export type LogSource = string | URL | Readable | AsyncIterable<string | Uint8Array>;

export interface OpenedSource {
  /** For messages: the path, or `stream` or `iterable`. */
  readonly name: string;
  readonly stream: Readable;
}

/** Opens a source. @throws InputError (`INPUT_FAILED`) for a source that cannot be opened */
export function openSource(source: LogSource): OpenedSource {
  if (typeof source === 'string' || source instanceof URL) {
    const path = pathOf(source);
    return { name: path, stream: openFile(path) };
  }
  if (isStream(source)) {
    if (source.readableEnded || (source.destroyed && !source.errored)) {
      throw new InputError(
        'stream',
        'it was read or closed before. Pass a path, or create the stream within defer() for each subscription',
      );
    }
    return { name: 'stream', stream: source };
  }
  if (isIterable(source)) return { name: 'iterable', stream: iterableStream(source) };
  throw new InputError('source', 'it is neither a path, a file: URL, a stream nor an async iterable');
}

function pathOf(source: string | URL): string {
  if (source === '') throw new InputError("''", 'the path is empty');
  if (typeof source === 'string' && !source.startsWith('file://')) return source;
  try {
    return fileURLToPath(source);
  } catch (cause) {
    throw new InputError(String(source), 'only file: URLs of this machine can be read', cause);
  }
}

/** By shape: a stream may come from another copy of the module. `readline` has all but `pipe`. */
function isStream(source: unknown): source is Readable {
  const { on, pipe } = (source ?? {}) as Partial<Readable>;
  return typeof on === 'function' && typeof pipe === 'function';
}

function isIterable(source: unknown): source is AsyncIterable<string | Uint8Array> {
  return typeof (source as Partial<AsyncIterable<string>> | null | undefined)?.[Symbol.asyncIterator] === 'function';
}
