import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { scanLines } from '../../src/usage/scan-lines.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'scan-lines-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function linesOf(content: string): Promise<string[]> {
  const path = join(folder, 'file');
  writeFileSync(path, content);
  const lines: string[] = [];
  await scanLines(path, (bytes, start, end) => lines.push(bytes.toString('utf8', start, end)));
  return lines;
}

describe('scanLines', () => {
  it('splits at LF only, and leaves out empty lines', async () => {
    expect(await linesOf('a\r\n\n b\u2028c\n\nd')).toEqual(['a\r', ' b\u2028c', 'd']);
  });

  it('returns the lines of any content, also across chunks of 1 MiB', async () => {
    const line = fc.oneof(
      fc.string(),
      fc.integer({ min: 0, max: 3_000_000 }).map((length) => 'é'.repeat(length / 2)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 6 }), async (parts) => {
        const content = parts.join('\n');
        expect(await linesOf(content)).toEqual(content.split('\n').filter((text) => text !== ''));
      }),
      { numRuns: 30 },
    );
  });

  it('skips a line of more than 64 MiB, reports it, and continues', async () => {
    const path = join(folder, 'long');
    writeFileSync(path, Buffer.concat([Buffer.from('a\n'), Buffer.alloc(70 * 1024 * 1024, 'x'), Buffer.from('\nb\n')]));
    const lines: string[] = [];
    let tooLong = 0;
    await scanLines(path, (bytes, start, end) => lines.push(bytes.toString('utf8', start, end)), {
      onTooLong: () => tooLong++,
    });

    expect([lines, tooLong]).toEqual([['a', 'b'], 1]);
  });

  it('rejects a FIFO without waiting for its writer', async () => {
    const path = join(folder, 'fifo');
    execFileSync('mkfifo', [path]);

    await expect(scanLines(path, () => undefined)).rejects.toThrow('not a regular file');
  });
});
