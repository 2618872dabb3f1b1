/** Bytes of a chunk of a stream; a stream with an encoding, or in object mode, has other chunks than buffers. */
export function toBytes(chunk: unknown): Buffer {
  if (Buffer.isBuffer(chunk)) return chunk;
  if (typeof chunk === 'string') return Buffer.from(chunk);
  if (chunk instanceof Uint8Array) return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  throw new TypeError(`A chunk of the stream is neither bytes nor text, but ${chunk === null ? 'null' : typeof chunk}`);
}
