import { realpathSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { fakeCodex } from '../../src/fake/index.js';
import { waitUntil } from '../../src/processes/index.js';
import { disposeAll } from '../../src/util/open-resources.js';
import { onlyInvocation } from '../helpers/only-invocation.js';
import { ended, run, start } from '../helpers/start-fake.js';

afterEach(() => {
  disposeAll();
});

describe('invocations', () => {
  it('report argv, environment, working directory, pid and stdin', async () => {
    const fake = fakeCodex([]);
    const cwd = realpathSync(tmpdir());
    const prompt = 'Zeile\n'.repeat(200_000);
    const before = Date.now();
    await run(fake, ['exec', '', 'mit "Zitat" und\nZeile'], prompt, { cwd, env: { ...process.env, MARK: 'ü' } });
    const { argv, env, cwd: seen, stdin, stdinBytes, stdinEnded, started, pid } = onlyInvocation(fake);
    expect(argv).toEqual(['exec', '', 'mit "Zitat" und\nZeile']);
    expect([env.MARK, env.CODEX_FAKE_FOLDER]).toEqual(['ü', undefined]);
    expect(seen).toBe(cwd);
    expect(stdin === prompt).toBe(true);
    expect([stdinBytes, stdinEnded]).toEqual([1_200_000, true]);
    expect(started.getTime()).toBeGreaterThanOrEqual(before);
    expect(fake.pids()).toEqual([pid]);
  });

  it('report 16 MiB of stdin and its size', async () => {
    const fake = fakeCodex([]);
    await run(fake, [], 'x'.repeat(20e6));
    expect([onlyInvocation(fake).stdin.length, onlyInvocation(fake).stdinBytes]).toEqual([16 * 1024 * 1024, 20e6]);
  });

  it('report no stdin if the fake exits before reading it', async () => {
    const fake = fakeCodex({ readStdin: false, steps: [{ exit: 2 }] });
    expect(await run(fake, [], 'x'.repeat(1e6))).toMatchObject({ code: 2 });
    expect(onlyInvocation(fake)).toMatchObject({ stdin: '', stdinEnded: false });
  });

  it('report stdin that a later step reads', async () => {
    const fake = fakeCodex({ readStdin: false, steps: [{ line: 'first' }, { readStdin: true }, { line: 'then' }] });
    const child = start(fake);
    const end = ended(child);
    await waitUntil(() => fake.invocations().length === 1);
    child.stdin?.write('a');
    child.stdin?.end('b');
    expect((await end).stdout.toString()).toBe('first\nthen\n');
    expect(onlyInvocation(fake)).toMatchObject({ stdin: 'ab', stdinEnded: true });
  });

  it('are readable by their owner only', async () => {
    const fake = fakeCodex([]);
    await run(fake);
    expect(statSync(dirname(fake.binary)).mode & 0o777).toBe(0o700);
    expect(statSync(fake.binary).mode & 0o777).toBe(0o700);
  });

  it('list concurrent invocations separately', async () => {
    const fake = fakeCodex([{ line: 'ok' }]);
    await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => run(fake, [name])));
    expect(
      fake
        .invocations()
        .flatMap(({ argv }) => argv)
        .sort(),
    ).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(new Set(fake.pids()).size).toBe(6);
  });
});
