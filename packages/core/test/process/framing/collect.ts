import { Readable } from 'node:stream';
import type { RawLine } from '../../../src/events/raw-line.js';
import { frameLines } from '../../../src/process/framing/frame-lines.js';

const MIB = 1024 * 1024;

/** The lines of `chunks`, framed to the end. */
export async function linesOf(chunks: readonly Buffer[], maxLineBytes = 16 * MIB): Promise<RawLine[]> {
  const lines: RawLine[] = [];
  await new Promise<void>((resolve, reject) => {
    const source = Readable.from(chunks, { objectMode: false });
    frameLines(source, { maxLineBytes }, { next: (raw) => lines.push(raw), complete: resolve, error: reject });
  });
  return lines;
}

/** `bytes` cut at `cuts`. */
export function chunked(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const at = [...new Set(cuts.map((cut) => Math.min(cut, bytes.length)))].sort((a, b) => a - b);
  return [...at, bytes.length]
    .map((end, index) => bytes.subarray(index === 0 ? 0 : at[index - 1], end))
    .filter((chunk) => chunk.length > 0);
}
