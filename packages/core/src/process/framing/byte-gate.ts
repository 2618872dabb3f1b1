import { constants, isAscii, isUtf8 } from 'node:buffer';
import type { ProblemLine } from '../../events/raw-line.js';
import { ByteList } from './byte-list.js';

const LF = 0x0a;
const CR = 0x0d;
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);
/** How much of a problem line is kept, in bytes. */
const EXCERPT = 64 * 1024;

/** Whole lines, each with its `\n`, or one problem line. */
export type GateBlock = string | Omit<ProblemLine, 'line_number'>;

/**
 * Turns bytes in any chunking into blocks of whole lines of valid UTF-8.
 *
 * A line splitter after the gate never receives a part of a line. So it reads each byte once and never buffers more
 * than a line. Deterministic: the lines and problems are the same for every chunking.
 */
export interface ByteGate {
  push(chunk: Buffer): GateBlock[];
  /** Returns the remaining blocks. Appends `\n` to a last line without it. */
  end(): GateBlock[];
}

/** `maxLineBytes` counts neither the `\n` nor a byte-order mark at the very start. */
export function createByteGate(maxLineBytes: number): ByteGate {
  const limit = Math.min(maxLineBytes, constants.MAX_STRING_LENGTH - 1);
  const pending = new ByteList();
  let start: Buffer | undefined = Buffer.alloc(0);
  let skipping = false;

  /** `bytes` without a byte-order mark at the very start of the input; nothing while there may still come one. */
  const withoutBom = (bytes: Buffer, last: boolean): Buffer => {
    if (start === undefined) return bytes;
    const all = start.length === 0 ? bytes : Buffer.concat([start, bytes]);
    if (!last && all.length < BOM.length && BOM.subarray(0, all.length).equals(all)) {
      start = Buffer.from(all);
      return Buffer.alloc(0);
    }
    start = undefined;
    return all.subarray(0, BOM.length).equals(BOM) ? all.subarray(BOM.length) : all;
  };

  const accept = (bytes: Buffer): GateBlock[] => {
    let rest = bytes;
    const blocks: GateBlock[] = [];
    if (skipping) {
      const end = rest.indexOf(LF);
      if (end === -1) return blocks;
      skipping = false;
      rest = rest.subarray(end + 1);
    }
    const last = rest.lastIndexOf(LF);
    if (last !== -1) {
      let whole = rest.subarray(0, last + 1);
      rest = rest.subarray(last + 1);
      if (pending.length > 0) {
        // Joins only the first line, so that the rest of the chunk is not copied.
        const first = whole.indexOf(LF) + 1;
        pending.add(whole.subarray(0, first));
        cut(pending.take(), limit, blocks);
        whole = whole.subarray(first);
      }
      if (whole.length > 0) cut(whole, limit, blocks);
    }
    pending.add(rest);
    if (pending.length > limit) {
      blocks.push(oversize(pending.take(), limit));
      skipping = true;
    }
    return blocks;
  };

  return {
    push: (chunk) => accept(withoutBom(chunk, false)),
    end() {
      const blocks = accept(withoutBom(Buffer.alloc(0), true));
      if (pending.length > 0) blocks.push(...accept(Buffer.from([LF])));
      return blocks;
    },
  };
}

/** `whole` consists of whole lines; runs of good ones stay together. */
function cut(whole: Buffer, limit: number, blocks: GateBlock[]): void {
  const valid = isUtf8(whole);
  if (valid && whole.length <= limit) {
    blocks.push(decode(whole));
    return;
  }
  let good = 0;
  let at = 0;
  const flush = () => {
    if (at > good) blocks.push(decode(whole.subarray(good, at)));
  };
  while (at < whole.length) {
    const end = whole.indexOf(LF, at);
    const line = whole.subarray(at, end);
    const problem = line.length > limit ? oversize(line, limit) : valid || isUtf8(line) ? undefined : invalid(line);
    if (problem !== undefined) {
      flush();
      blocks.push(problem);
      good = end + 1;
    } else if (end + 1 - good > limit) {
      flush();
      good = at;
    }
    at = end + 1;
  }
  flush();
}

function decode(bytes: Buffer): string {
  return isAscii(bytes) ? bytes.toString('latin1') : bytes.toString('utf8');
}

function oversize(line: Buffer, limit: number): GateBlock {
  return { text: excerpt(line, Math.min(EXCERPT, limit)), problem: 'oversize' };
}

function invalid(line: Buffer): GateBlock {
  const end = line.at(-1) === CR ? line.length - 1 : line.length;
  return { text: excerpt(line.subarray(0, end), EXCERPT), problem: 'invalid_utf8' };
}

/** The first `limit` bytes at most, without half a character at the cut. */
function excerpt(line: Buffer, limit: number): string {
  let end = Math.min(line.length, limit);
  if (end < line.length) {
    for (let back = 0; back < 3 && end > 0 && isContinuation(line[end]); back += 1) end -= 1;
  }
  return line.toString('utf8', 0, end);
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}
