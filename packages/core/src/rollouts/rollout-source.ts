import { PassThrough, pipeline, type Readable, type Transform } from 'node:stream';
import { fileURLToPath } from 'node:url';
import zlib from 'node:zlib';
import { InputError } from '../errors/input-error.js';
import { openFile } from '../reading/open-file.js';
import type { LogSource } from '../reading/open-source.js';
import { splitZstdFrames } from './zstd-frames.js';

/** Since Node.js 22.15. The types of the oldest supported version lack it. */
type Zlib = typeof zlib & { readonly createZstdDecompress?: () => Transform };

/** Returns the path of a rollout that the CLI has compressed, or `undefined` for any other source. */
export function compressedPath(source: LogSource): string | undefined {
  if (typeof source !== 'string' && !(source instanceof URL)) return undefined;
  const path = String(source).startsWith('file://') ? fileURLToPath(source) : String(source);
  return path.endsWith('.zst') ? path : undefined;
}

/**
 * Opens a compressed rollout. Destroying the stream closes the file.
 *
 * @throws InputError (`INPUT_FAILED`) if it cannot be opened, or this version of Node.js cannot decompress it
 */
export function openCompressed(path: string): Readable {
  const { createZstdDecompress } = zlib as Zlib;
  if (createZstdDecompress === undefined) {
    throw new InputError(path, 'it is compressed. Use Node.js 22.15 or later to read it');
  }
  const output = new PassThrough();
  pipeline(openFile(path), splitZstdFrames(), createZstdDecompress(), output, () => undefined);
  return output;
}

/** Emits at most the first `limit` bytes of a rollout, and closes the file after them. */
export async function* readHeadBytes(path: string, limit: number): AsyncGenerator<Uint8Array> {
  if (compressedPath(path) === undefined) {
    yield* openFile(path, limit - 1) as AsyncIterable<Uint8Array>;
    return;
  }
  let rest = limit;
  for await (const chunk of openCompressed(path) as AsyncIterable<Uint8Array>) {
    yield chunk.subarray(0, rest);
    rest -= chunk.length;
    if (rest <= 0) return;
  }
}
