import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isCodexError } from '@codex-rx/core/errors';
import { type FakeCodex, type FakeScript, type FakeStep, fakeCodex } from '../../src/fake/index.js';
import { findProcesses, isAlive, livingPids, waitUntil } from '../../src/processes/index.js';
import { disposeAll } from '../../src/util/open-resources.js';
import { bundleProgram } from '../helpers/bundle-program.js';
import { ended, run, start } from '../helpers/start-fake.js';

describe('fakeCodex', () => {
  afterEach(() => {
    disposeAll();
  });

  const one = (fake: FakeCodex) => {
    const [invocation, ...others] = fake.invocations();
    if (invocation === undefined || others.length > 0) throw new Error('not one invocation');
    return invocation;
  };

  describe('output', () => {
    it('writes text lines as they are and values as JSON', async () => {
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

    it('floods stderr with 200 MB while somebody reads', async () => {
      const child = start(fakeCodex([{ flood: 'stderr', bytes: 200e6 }]));
      child.stdin?.end();
      let bytes = 0;
      child.stderr?.on('data', (piece: Buffer) => (bytes += piece.length));
      child.stdout?.resume();
      await new Promise((resolve) => child.once('close', resolve));
      expect(bytes).toBe(200e6);
    });

    it('stops writing while nobody reads', async () => {
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

    it('can close stdout and live on', async () => {
      const fake = fakeCodex([{ line: 'last' }, { closeStdout: true }, { hang: true }]);
      const child = start(fake);
      child.stdin?.end();
      const chunks: Buffer[] = [];
      child.stdout?.on('data', (piece: Buffer) => chunks.push(piece));
      await new Promise((resolve) => child.stdout?.once('end', resolve));
      expect(Buffer.concat(chunks).toString()).toBe('last\n');
      expect(isAlive(child.pid ?? 0)).toBe(true);
    });

    it('ends with code 101 when nobody can read its stdout any more, as the real CLI does', async () => {
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

  describe('end', () => {
    it('exits with the code of the script, at once', async () => {
      expect(await run(fakeCodex([{ exit: 3 }, { line: 'never' }]))).toMatchObject({
        code: 3,
        stdout: Buffer.alloc(0),
      });
    });

    it.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)('dies of %s', async (signal) => {
      expect(await run(fakeCodex([{ ignore: ['SIGTERM'] }, { signal }]))).toMatchObject({ code: null, signal });
    });

    it('ignores signals and tells which came', async () => {
      const fake = fakeCodex([{ ignore: ['SIGINT', 'SIGTERM'] }, { line: 'ready' }, { hang: true }]);
      const child = start(fake);
      child.stdin?.end();
      await new Promise((resolve) => child.stdout?.once('data', resolve));
      child.kill('SIGINT');
      await waitUntil(() => one(fake).signals.length === 1);
      child.kill('SIGTERM');
      await waitUntil(() => one(fake).signals.length === 2);
      expect(isAlive(child.pid ?? 0)).toBe(true);
      expect(one(fake).signals).toEqual(['SIGINT', 'SIGTERM']);
    });

    it('does other steps when a signal comes', async () => {
      const fake = fakeCodex([
        { on: 'SIGINT', steps: [{ line: 'bye' }, { exit: 130 }] },
        { line: 'ready' },
        { hang: true },
      ]);
      const child = start(fake);
      child.stdin?.end();
      child.stdout?.once('data', () => child.kill('SIGINT'));
      const { code } = await ended(child);
      expect(code).toBe(130);
      expect(one(fake).signals).toEqual(['SIGINT']);
    });
  });

  describe('reports', () => {
    it('tells argv, environment, working directory, pid and stdin', async () => {
      const fake = fakeCodex([]);
      const cwd = realpathSync(tmpdir());
      const prompt = 'Zeile\n'.repeat(200_000);
      const before = Date.now();
      await run(fake, ['exec', '', 'mit "Zitat" und\nZeile'], prompt, { cwd, env: { ...process.env, MARK: 'ü' } });
      const { argv, env, cwd: seen, stdin, stdinBytes, stdinEnded, started, pid } = one(fake);
      expect(argv).toEqual(['exec', '', 'mit "Zitat" und\nZeile']);
      expect([env.MARK, env.CODEX_FAKE_FOLDER]).toEqual(['ü', undefined]);
      expect(seen).toBe(cwd);
      expect(stdin === prompt).toBe(true);
      expect([stdinBytes, stdinEnded]).toEqual([1_200_000, true]);
      expect(started.getTime()).toBeGreaterThanOrEqual(before);
      expect(fake.pids()).toEqual([pid]);
    });

    it('keeps 16 MiB of stdin and counts the rest', async () => {
      const fake = fakeCodex([]);
      await run(fake, [], 'x'.repeat(20e6));
      expect([one(fake).stdin.length, one(fake).stdinBytes]).toEqual([16 * 1024 * 1024, 20e6]);
    });

    it('can leave without having read stdin', async () => {
      const fake = fakeCodex({ readStdin: false, steps: [{ exit: 2 }] });
      expect(await run(fake, [], 'x'.repeat(1e6))).toMatchObject({ code: 2 });
      expect(one(fake)).toMatchObject({ stdin: '', stdinEnded: false });
    });

    it('reads stdin at a later step', async () => {
      const fake = fakeCodex({ readStdin: false, steps: [{ line: 'first' }, { readStdin: true }, { line: 'then' }] });
      const child = start(fake);
      const end = ended(child);
      await waitUntil(() => fake.invocations().length === 1);
      child.stdin?.write('a');
      child.stdin?.end('b');
      expect((await end).stdout.toString()).toBe('first\nthen\n');
      expect(one(fake)).toMatchObject({ stdin: 'ab', stdinEnded: true });
    });

    it('keeps what it saw to its owner', async () => {
      const fake = fakeCodex([]);
      await run(fake);
      expect(statSync(dirname(fake.binary)).mode & 0o777).toBe(0o700);
      expect(statSync(fake.binary).mode & 0o777).toBe(0o700);
    });

    it('lists concurrent invocations one by one', async () => {
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

  describe('version and cases', () => {
    it('answers --version without counting as an invocation', async () => {
      const fake = fakeCodex({ steps: [], version: '0.44.0' });
      expect((await run(fake, ['--version'])).stdout.toString()).toBe('codex-cli 0.44.0\n');
      expect((await run(fakeCodex([]), ['-V'])).stdout.toString()).toBe('codex-cli 0.171.0\n');
      expect([fake.invocations(), fake.versionProbes()]).toEqual([[], 1]);
    });

    it('takes the first case whose words are in the arguments in that order', async () => {
      const fake = fakeCodex({
        steps: [{ raw: 'else' }],
        cases: [
          { argv: ['--version'], steps: [{ raw: 'own version' }] },
          { argv: ['mcp', 'list'], steps: [{ raw: 'mcp list' }] },
          { argv: ['exec', 'resume'], steps: [{ raw: 'resume' }] },
          { argv: ['exec'], steps: [{ raw: 'exec' }] },
        ],
      });
      const says = async (...argv: string[]) => (await run(fake, argv)).stdout.toString();
      expect(await says('exec', '--json', 'resume', 'id')).toBe('resume');
      expect(await says('resume', 'exec')).toBe('exec');
      expect(await says('mcp', '-c', 'a=b', 'list', '--json')).toBe('mcp list');
      expect(await says('login')).toBe('else');
      expect(await says('--version')).toBe('own version');
    });

    it('plays a case for the n-th of its invocations only', async () => {
      const fake = fakeCodex({
        steps: [{ raw: 'else' }],
        cases: [
          { argv: ['exec'], nth: 1, steps: [{ exit: 1 }] },
          { argv: ['exec'], nth: 3, steps: [{ raw: 'third' }] },
        ],
      });
      expect((await run(fake, ['exec'])).code).toBe(1);
      expect((await run(fake, ['other'])).stdout.toString()).toBe('else');
      expect((await run(fake, ['exec'])).stdout.toString()).toBe('else');
      expect((await run(fake, ['exec'])).stdout.toString()).toBe('third');
    });

    it('says so when nothing of the script fits', async () => {
      const fake = fakeCodex({ cases: [{ argv: ['exec'], steps: [] }] });
      const { code, stderr } = await run(fake, ['login']);
      expect(code).toBe(64);
      expect(stderr).toContain('no case of the script matches ["login"]');
    });
  });

  describe('conversation', () => {
    it('answers JSON-RPC requests with their ids, however the lines are cut', async () => {
      const fake = fakeCodex({
        readStdin: false,
        steps: [
          { reply: { method: 'initialize', result: { ok: 1 } } },
          { readLine: 'go' },
          { reply: { method: 'stop', error: { code: -1 } } },
        ],
      });
      const child = start(fake, ['app-server']);
      child.stdin?.write('{"id":1,"method":"initialize","par');
      await waitUntil(() => (fake.invocations()[0]?.stdin.length ?? 0) > 0);
      child.stdin?.end('ams":{}}\n{"method":"initialized"}\ngo\nnoise\n{"id":"two","method":"stop"}');
      const { stdout } = await ended(child);
      expect(stdout.toString()).toBe('{"id":1,"result":{"ok":1}}\n{"id":"two","error":{"code":-1}}\n');
    });

    it('leaves when its client does', async () => {
      const fake = fakeCodex({ readStdin: false, steps: [{ readLine: 'never' }, { exit: 9 }] });
      expect(await run(fake, ['app-server'], 'something\n')).toMatchObject({ code: 0 });
    });
  });

  describe('processes that it leaves', () => {
    const leaving = (kind: 'child' | 'holdsStdout' | 'setsid' | 'daemon', ignoreSignals = false): FakeStep => ({
      spawn: { kind, seconds: 300, ignoreSignals },
    });
    const groupOf = (pid: number) => Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[2]);
    const parentOf = (pid: number) => Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1]);

    it('are alive when the next step begins, and known by pid', async () => {
      const fake = fakeCodex([
        leaving('child'),
        leaving('setsid'),
        leaving('daemon'),
        { line: 'ready' },
        { hang: true },
      ]);
      const child = start(fake, [], { detached: true, env: { ...process.env, CODEX_RX_RUN_ID: 'run-of-this-test' } });
      child.stdin?.end();
      await new Promise((resolve) => child.stdout?.once('data', resolve));
      const { children, pid } = one(fake);
      expect(children.map(({ kind }) => kind)).toEqual(['child', 'setsid', 'daemon']);
      const pids = children.map((each) => each.pid);
      expect(livingPids(pids)).toEqual(pids);
      expect(pids.map((each) => groupOf(each) === pid)).toEqual([true, false, false]);
      expect(pids.map((each) => parentOf(each) === pid)).toEqual([true, true, false]);
      expect(findProcesses('CODEX_RX_RUN_ID', 'run-of-this-test').sort()).toEqual([pid, ...pids].sort());
      await fake.dispose();
      expect(livingPids([pid, ...pids])).toEqual([]);
    });

    it('can hold the pipes open', async () => {
      const fake = fakeCodex([leaving('holdsStdout'), { line: 'last' }]);
      const child = start(fake);
      child.stdin?.end();
      let closed = false;
      child.once('close', () => (closed = true));
      child.stdout?.resume();
      child.stderr?.resume();
      await new Promise((resolve) => child.once('exit', resolve));
      expect(closed).toBe(false);
      await fake.dispose();
      await waitUntil(() => closed);
    });

    it('can ignore signals', async () => {
      const fake = fakeCodex([leaving('setsid', true), leaving('daemon', true), leaving('child')]);
      await run(fake);
      const [deaf, daemon, child] = one(fake).children.map(({ pid }) => pid) as [number, number, number];
      // The shell sets its traps first thing, and then becomes `sleep`.
      await waitUntil(() => [deaf, daemon].every((pid) => readFileSync(`/proc/${pid}/comm`, 'utf8') === 'sleep\n'));
      for (const pid of [deaf, daemon, child]) process.kill(pid, 'SIGTERM');
      await waitUntil(() => !isAlive(child));
      expect(livingPids([deaf, daemon])).toEqual([deaf, daemon]);
    });
  });

  describe('dispose', () => {
    it('ends the fake and removes its files, and may be called again', async () => {
      const fake = fakeCodex([{ ignore: ['SIGINT', 'SIGTERM'] }, { line: 'ready' }, { hang: true }]);
      const child = start(fake);
      child.stdin?.end();
      await new Promise((resolve) => child.stdout?.once('data', resolve));
      await fake.dispose();
      await fake[Symbol.asyncDispose]();
      expect(isAlive(child.pid ?? 0)).toBe(false);
      expect(existsSync(dirname(fake.binary))).toBe(false);
    });

    it('happens when the process exits without it', async () => {
      const host = bundleProgram(join(__dirname, '..', 'programs', 'open-fake.ts'));
      const { binary, pids } = JSON.parse(execFileSync(process.execPath, [host], { encoding: 'utf8' })) as {
        binary: string;
        pids: number[];
      };
      expect(pids).toHaveLength(2);
      // A process that exits cannot wait until those that it has killed are gone.
      await waitUntil(() => livingPids(pids).length === 0, 30_000);
      expect(existsSync(dirname(binary))).toBe(false);
    });
  });

  it.each<[string, FakeScript | FakeStep[]]>([
    ['steps.0', [{ lime: 'x' } as unknown as FakeStep]],
    ['steps', {}],
    ['steps.1.steps.0.longLine', [{ line: '' }, { repeat: 2, steps: [{ longLine: 5 }] }]],
    ['steps.0.wait', [{ wait: -1 }]],
    ['steps.0.exit', [{ exit: Number.NaN }]],
    ['cases.0.nth', { cases: [{ argv: [], nth: 0, steps: [] }] }],
    [
      'cases.0.steps.0.spawn.seconds',
      { cases: [{ argv: [], steps: [{ spawn: { kind: 'child', seconds: Infinity } }] }] },
    ],
  ])('rejects a script that cannot be played: %s', (field, script) => {
    let error: unknown;
    try {
      fakeCodex(script);
    } catch (caught) {
      error = caught;
    }
    expect(isCodexError(error, 'REQUEST_INVALID') && error.field).toBe(field);
  });
});
