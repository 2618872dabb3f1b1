import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { splitZstdFrames } from '../../src/rollouts/zstd-frames.js';

/** A frame with a block of raw bytes and a checksum, as in RFC 8878. */
const frame = (text: string): Buffer => {
  const block = Buffer.alloc(3);
  block.writeUIntLE((text.length << 3) | 1, 0, 3);
  return Buffer.concat([
    Buffer.from('28b52ffd24', 'hex'),
    Buffer.from([text.length]),
    block,
    Buffer.from(`${text}sum!`),
  ]);
};
const skippable = Buffer.from('502a4d1803000000616263', 'hex');
/** A first block of repeated bytes, then an empty one; with a window, a dictionary and a content size of 2 bytes. */
const blocks = Buffer.from('28b52ffd41ffaa0001a2ff0061010000', 'hex');

async function split(bytes: Uint8Array, size = bytes.length): Promise<string[]> {
  const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    Buffer.from(bytes.subarray(index * size, (index + 1) * size)),
  );
  const seen: Buffer[] = [];
  const collect = new Writable({
    write(chunk: Buffer, _encoding, done) {
      seen.push(chunk);
      done();
    },
  });
  await pipeline(Readable.from(chunks), splitZstdFrames(), collect);
  return seen.map((chunk) => chunk.toString('hex'));
}

describe('splitZstdFrames', () => {
  const frames = [frame('one\n'), skippable, frame(''), blocks, frame('two\n')];

  it('ends a chunk where a frame ends', async () => {
    expect(await split(Buffer.concat(frames))).toEqual(frames.map((bytes) => bytes.toString('hex')));
  });

  it.each([1, 2, 3, 5, 7, 64])('passes all bytes of chunks of %d bytes', async (size) => {
    const bytes = Buffer.concat(frames);

    expect((await split(bytes, size)).join('')).toBe(bytes.toString('hex'));
  });

  it('passes an empty file', async () => {
    expect(await split(Buffer.alloc(0))).toEqual([]);
  });

  it('errors for each length at which a file is cut within a frame', async () => {
    const bytes = Buffer.concat(frames);
    const ends = new Set([0]);
    let end = 0;
    for (const { length } of frames) ends.add((end += length));
    const cuts = Array.from({ length: bytes.length }, (_, length) => length).filter((length) => !ends.has(length));
    const results = await Promise.allSettled(cuts.map((length) => split(bytes.subarray(0, length))));

    expect(new Set(results.map((result) => (result.status === 'rejected' ? String(result.reason) : 'passed')))).toEqual(
      new Set(['Error: it is cut']),
    );
  });

  it('errors for other bytes, also after a frame', async () => {
    await expect(split(Buffer.from('{"type":"session_meta"}'))).rejects.toThrow('not compressed with Zstandard');
    await expect(split(Buffer.concat([frame('a'), Buffer.from('text')]))).rejects.toThrow('not compressed');
  });
});
