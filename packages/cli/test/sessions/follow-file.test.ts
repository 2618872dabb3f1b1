import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitUntil } from '@codex-rx/testing/processes';
import { followFile } from '../../src/sessions/follow-file.js';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'follow-file-'));
  path = join(folder, 'run.jsonl');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Follows the file; `text()` is what was read so far. */
function follow() {
  const controller = new AbortController();
  let text = '';
  let missing = 0;
  const ended = (async () => {
    const options = { signal: controller.signal, onMissing: () => (missing += 1) };
    for await (const chunk of followFile(path, options)) text += Buffer.from(chunk).toString();
  })();
  return {
    ended,
    text: () => text,
    missing: () => missing,
    stop: async () => {
      controller.abort();
      await ended;
    },
  };
}

describe('followFile', () => {
  it('reads a file while it grows', async () => {
    writeFileSync(path, 'one\n');
    const reader = follow();
    await waitUntil(() => reader.text() === 'one\n', 10_000);
    appendFileSync(path, 'tw');
    appendFileSync(path, 'o\n');
    await waitUntil(() => reader.text() === 'one\ntwo\n', 10_000);
    await reader.stop();
    expect(reader.text()).toBe('one\ntwo\n');
  });

  it('waits for a file, and for its folder', async () => {
    path = join(folder, 'later', 'run.jsonl');
    const reader = follow();
    await waitUntil(() => reader.missing() === 1, 10_000);
    mkdirSync(join(folder, 'later'));
    writeFileSync(path, 'one\n');
    await waitUntil(() => reader.text() === 'one\n', 10_000);
    await reader.stop();
    expect(reader.missing()).toBe(1);
  });

  it('reads the rest of a rotated file, then the next one', async () => {
    writeFileSync(path, 'one\n');
    const reader = follow();
    await waitUntil(() => reader.text() === 'one\n', 10_000);
    renameSync(path, `${path}.1`);
    appendFileSync(`${path}.1`, 'two\n');
    writeFileSync(path, 'three\n');
    await waitUntil(() => reader.text() === 'one\ntwo\nthree\n', 10_000);
    await reader.stop();
    expect(reader.text()).toBe('one\ntwo\nthree\n');
  });

  it('reads a file from its start after it was cut', async () => {
    writeFileSync(path, 'a long line\n');
    const reader = follow();
    await waitUntil(() => reader.text() === 'a long line\n', 10_000);
    truncateSync(path);
    appendFileSync(path, 'two\n');
    await waitUntil(() => reader.text() === 'a long line\ntwo\n', 10_000);
    await reader.stop();
    expect(reader.text()).toBe('a long line\ntwo\n');
  });

  it('ends when a compressed file has replaced the file', async () => {
    writeFileSync(path, 'one\n');
    const reader = follow();
    await waitUntil(() => reader.text() === 'one\n', 10_000);
    writeFileSync(`${path}.zst`, 'compressed');
    appendFileSync(path, 'two\n');
    rmSync(path);
    await reader.ended;
    expect(reader.text()).toBe('one\ntwo\n');
  });

  it('rejects a folder', async () => {
    mkdirSync(path);
    await expect(follow().ended).rejects.toThrow('is not a regular file');
  });
});
