import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fakeCodex } from '../../src/fake/index.js';
import { isAlive, waitUntil } from '../../src/processes/index.js';
import { disposeAll } from '../../src/util/open-resources.js';
import { ended, run, start } from '../helpers/start-fake.js';

afterEach(() => {
  disposeAll();
});

describe('output steps of a fake', () => {
  it('writes text lines unchanged and values as JSON', async () => {
    const { stdout, code } = await run(fakeCodex([{ line: 'plain é' }, { line: { a: 1 } }, { lines: ['x', [2]] }]));
    expect(stdout.toString()).toBe('plain é\n{"a":1}\nx\n[2]\n');
    expect(code).toBe(0);
  });

  it('writes raw text and bytes without a newline', async () => {
    const { stdout } = await run(fakeCodex([{ raw: '{"ty' }, { wait: 5 }, { raw: Uint8Array.of(0xff, 0x00, 0x0a) }]));
    expect(stdout).toEqual(Buffer.from([...Buffer.from('{"ty'), 0xff, 0x00, 0x0a]));
  });

  it('writes to stderr', async () => {
    const { stderr, stdout } = await run(fakeCodex([{ stderr: 'warn\n' }, { stderr: Buffer.from('bytes') }]));
    expect([stderr, stdout.length]).toEqual(['warn\nbytes', 0]);
  });

  it.each([0, 1, 70_000, 1_000_003])('floods with exactly %d bytes of lines', async (bytes) => {
    const { stdout } = await run(fakeCodex([{ flood: 'stdout', bytes }]));
    expect(stdout).toHaveLength(bytes);
    expect(stdout.length === 0 || stdout.at(-1) === 0x0a).toBe(true);
  });

  it('floods stderr with 200 MB', async () => {
    const child = start(fakeCodex([{ flood: 'stderr', bytes: 200e6 }]));
    child.stdin?.end();
    let bytes = 0;
    child.stderr?.on('data', (chunk: Buffer) => (bytes += chunk.length));
    child.stdout?.resume();
    await new Promise((resolve) => child.once('close', resolve));
    expect(bytes).toBe(200e6);
  });

  it('stops writing while the reader is paused', async () => {
    const fake = fakeCodex({ readStdin: false, steps: [{ flood: 'stdout', bytes: 20e6 }, { exit: 7 }] });
    const child = start(fake);
    await waitUntil(() => fake.invocations().length === 1);
    child.stdout?.pause();
    await waitUntil(() => (child.stdout?.readableLength ?? 0) > 0 || child.stdout?.readableFlowing === false);
    expect(child.exitCode).toBeNull();
    expect(await ended(child)).toMatchObject({ code: 7 });
  });

  it.each([100, 65_536, 64 * 1024 * 1024])('writes an agent message whose line has %d bytes', async (bytes) => {
    const { stdout } = await run(fakeCodex([{ longLine: bytes }]));
    expect(stdout.indexOf(0x0a)).toBe(bytes);
    expect(stdout).toHaveLength(bytes + 1);
    expect(JSON.parse(stdout.toString())).toMatchObject({ type: 'item.completed', item: { type: 'agent_message' } });
  });

  it('stays alive after closing stdout', async () => {
    const fake = fakeCodex([{ line: 'last' }, { closeStdout: true }, { hang: true }]);
    const child = start(fake);
    child.stdin?.end();
    const chunks: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
    await new Promise((resolve) => child.stdout?.once('end', resolve));
    expect(Buffer.concat(chunks).toString()).toBe('last\n');
    expect(isAlive(child.pid ?? 0)).toBe(true);
  });

  it('exits with code 101 when its stdout is closed, as the real CLI does', async () => {
    const child = start(fakeCodex([{ readStdin: true }, { flood: 'stdout', bytes: 1e6 }]));
    child.stdout?.destroy();
    child.stdin?.end();
    const code = await new Promise((resolve) => child.once('exit', resolve));
    expect(code).toBe(101);
  });

  it('repeats steps', async () => {
    const { stdout } = await run(
      fakeCodex([{ repeat: 3, steps: [{ raw: 'a' }, { repeat: 2, steps: [{ raw: 'b' }] }] }]),
    );
    expect(stdout.toString()).toBe('abbabbabb');
  });

  it('writes a file relative to its working directory', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'codex-rx-test-'));
    try {
      await run(fakeCodex([{ writeFile: { path: 'last.txt', content: 'done' } }]), [], '', { cwd: folder });
      expect(readFileSync(join(folder, 'last.txt'), 'utf8')).toBe('done');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
