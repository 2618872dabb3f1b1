import { Readable } from 'node:stream';
import { createTextChunks } from './text-chunks.js';

/**
 * Returns a byte stream over an iterable of text or bytes. Destroying it ends the iteration immediately, also while
 * it waits for a value.
 */
export function iterableStream(iterable: AsyncIterable<string | Uint8Array>): Readable {
  const iterator = iterable[Symbol.asyncIterator]();
  const texts = createTextChunks();
  let over = false;

  const next = async (): Promise<Uint8Array | null> => {
    const result = await iterator.next();
    if (result.done === true) {
      over = true;
      const rest = texts.end();
      return rest === '' ? null : Buffer.from(rest);
    }
    const bytes = typeof result.value === 'string' ? Buffer.from(texts.push(result.value)) : result.value;
    if (!((bytes as unknown) instanceof Uint8Array)) {
      throw new TypeError('The iterable contains values that are neither text nor bytes');
    }
    return bytes;
  };

  return new Readable({
    read() {
      if (over) {
        this.push(null);
        return;
      }
      next().then(
        (bytes) => {
          if (!this.destroyed) this.push(bytes);
        },
        (error: unknown) => {
          over = true;
          this.destroy(error as Error);
        },
      );
    },
    destroy(error, done) {
      if (!over) void Promise.resolve(iterator.return?.()).catch(() => undefined);
      over = true;
      done(error);
    },
  });
}
