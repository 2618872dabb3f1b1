import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import zlib from 'node:zlib';
import { InputError } from '../../src/errors/input-error.js';
import { readRollout$ } from '../../src/rollouts/read-rollout.js';
import { rolloutToEvents } from '../../src/rollouts/rollout-to-events.js';
import { temporaryFolder } from '../reading/temporary.js';
import { all, mapped } from './support.js';

const folder = temporaryFolder();
/** Since Node.js 22.15. */
const compress = (zlib as { zstdCompressSync?: (data: Uint8Array) => Buffer }).zstdCompressSync;
const plain = readFileSync(join(__dirname, 'files', '0.125.0', 'rollout-1-session.jsonl'));

/** Returns the events of a compressed session, or the message of the error. */
async function read(name: string, bytes: Uint8Array): Promise<unknown> {
  const path = join(folder.path, name);
  writeFileSync(path, bytes);
  try {
    return await all(readRollout$(path).pipe(rolloutToEvents()));
  } catch (error) {
    return error instanceof InputError && error.source === path ? error.message : error;
  }
}

const orAdvice = (expected: unknown): unknown =>
  compress === undefined
    ? expect.stringContaining('it is compressed. Use Node.js 22.15 or later to read it')
    : expected;

describe('a compressed session file', () => {
  it('has the events of the plain file, or an error that names the version of Node.js that is needed', async () => {
    const events = await read('rollout-a.jsonl.zst', compress?.(plain) ?? plain);

    expect(events).toEqual(orAdvice(await mapped('0.125.0/rollout-1-session')));
  });

  it('may consist of several frames, as one that was extended', async () => {
    const half = plain.indexOf('\n', plain.length / 2) + 1;
    const frames = [plain.subarray(0, half), plain.subarray(half)].map((part) => compress?.(part) ?? part);

    expect(await read('rollout-b.jsonl.zst', Buffer.concat(frames))).toEqual(
      orAdvice(await mapped('0.125.0/rollout-1-session')),
    );
  });

  it.each([
    ['is cut', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['is not compressed', () => plain],
  ])('is an error with its path if it %s', async (_name, damage) => {
    const message = await read('rollout-c.jsonl.zst', damage(compress?.(plain) ?? plain));

    expect(message).toEqual(orAdvice(expect.stringContaining('rollout-c.jsonl.zst')));
  });
});
