import { Transform } from 'node:stream';

const MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a50;
const CONTENT_SIZE_BYTES = [0, 2, 4, 8];
const DICTIONARY_ID_BYTES = [0, 1, 2, 4];
const RLE_BLOCK = 1;

/** The next part of a frame: a field whose bytes are needed, or bytes that are not. */
type Part = { readonly field: number } | { readonly content: number } | 'end of frame';

/** Yields the parts of the frames of a Zstandard file (RFC 8878), and receives the bytes of each field. */
function* frameParts(): Generator<Part, never, Buffer> {
  for (;;) {
    const magic = (yield { field: 4 }).readUInt32LE();
    if (magic >>> 4 === SKIPPABLE_MAGIC >>> 4) {
      yield { content: (yield { field: 4 }).readUInt32LE() };
    } else {
      if (magic !== MAGIC) throw new Error('not compressed with Zstandard');
      yield* frameContent();
    }
    yield 'end of frame';
  }
}

function* frameContent(): Generator<Part, void, Buffer> {
  const descriptor = (yield { field: 1 }).readUInt8();
  const isSingleSegment = (descriptor & 0x20) !== 0;
  const contentSize = CONTENT_SIZE_BYTES[descriptor >>> 6] ?? 0;
  const dictionaryId = DICTIONARY_ID_BYTES[descriptor & 3] ?? 0;
  yield { content: (isSingleSegment ? Math.max(1, contentSize) : 1 + contentSize) + dictionaryId };
  for (let isLast = false; !isLast; ) {
    const header = (yield { field: 3 }).readUIntLE(0, 3);
    isLast = (header & 1) !== 0;
    yield { content: ((header >>> 1) & 3) === RLE_BLOCK ? 1 : header >>> 3 };
  }
  if ((descriptor & 4) !== 0) yield { content: 4 };
}

/**
 * Passes the bytes of a Zstandard file in chunks that end where its frames end, and errors if the last frame is cut.
 *
 * The decompressor of Node.js 22 ignores the bytes of a chunk that follow the end of a frame, and a frame without end.
 */
export function splitZstdFrames(): Transform {
  const parts = frameParts();
  let part: Part = nextPart(parts.next());
  let field = Buffer.alloc(0);
  let missing = 4;
  let isBetweenFrames = true;

  const enter = (next: Part): void => {
    part = next;
    field = Buffer.alloc(0);
    missing = next === 'end of frame' ? 0 : 'field' in next ? next.field : next.content;
  };
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      let start = 0;
      let at = 0;
      try {
        while (at < chunk.length || missing === 0) {
          const end = Math.min(chunk.length, at + missing);
          if (part !== 'end of frame' && 'field' in part) field = Buffer.concat([field, chunk.subarray(at, end)]);
          if (end > at) isBetweenFrames = false;
          missing -= end - at;
          at = end;
          if (missing > 0) break;
          if (part === 'end of frame') {
            this.push(chunk.subarray(start, at));
            start = at;
            isBetweenFrames = true;
          }
          enter(nextPart(parts.next(field)));
        }
      } catch (error) {
        done(error as Error);
        return;
      }
      done(null, chunk.subarray(start));
    },
    flush(done) {
      done(isBetweenFrames ? null : new Error('it is cut'));
    },
  });
}

function nextPart({ value }: IteratorResult<Part, never>): Part {
  return value;
}
