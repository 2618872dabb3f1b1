import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fixtureScript, openFakeCodex } from '@codex-rx/testing';
import { findProcesses } from '@codex-rx/testing/processes';
import { outputs, samples } from './outputs.js';

const examples = join(__dirname, '..');
const groups = JSON.parse(readFileSync(join(examples, 'groups.json'), 'utf8')) as readonly string[];
const names = groups.flatMap((group) =>
  readdirSync(join(examples, group)).map((file) => `${group}/${file.replace('.ts', '')}`),
);
const variable = 'CODEX_RX_EXAMPLE_TEST';

interface Ended {
  readonly code: number | null;
  readonly output: string;
  /** Processes and files that the program left. */
  readonly leftovers: readonly unknown[];
}

async function run(args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const mark = randomUUID();
  const temporary = mkdtempSync(join(tmpdir(), 'example-test-'));
  const own = { CODEX_BINARY: undefined, CODEX_TASK_ID: undefined, CODEX_BUNDLE_ROOT: undefined, [variable]: mark };
  const env = { ...process.env, ...own, TMPDIR: temporary, TEMP: temporary, TMP: temporary, ...more };
  const child = spawn(process.execPath, args, { cwd: temporary, stdio: ['ignore', 'pipe', 'pipe'], env });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
  const pids = findProcesses(variable, mark);
  for (const pid of pids) process.kill(pid, 'SIGKILL');
  // The empty folder in which the runs of a user are registered remains, and a folder of the CLI's sandbox.
  const files = readdirSync(temporary).filter(
    (name) => !name.startsWith('codex-bwrap-') && readdirSync(join(temporary, name)).length > 0,
  );
  rmSync(temporary, { recursive: true, force: true });
  return { code, output, leftovers: [...pids, ...files] };
}

/** Compiles all examples, and runs one. */
const started = run([join(examples, '../scripts/example.mjs'), 'send-prompt', '--sample']);

const compiled = (name: string): string => join(examples, 'dist', `${name}.js`);

const runExample = async (name: string, ...args: string[]): Promise<Ended> => {
  await started;
  return run([compiled(name), ...args]);
};

/** Concurrent tests all start at the same time; jest limits them to `maxConcurrency`. */
describe('the examples', () => {
  it.concurrent.each(Object.entries(outputs))('run %s with the real CLI and a scripted model', async (name, text) => {
    const ended = await runExample(name);
    expect(ended).toEqual({ code: 0, output: expect.stringMatching(text) as string, leftovers: [] });
  });

  const replayed = Object.entries(samples).filter((_, index) => process.env.TEST_ALL === '1' || index % 4 === 0);
  it.concurrent.each(replayed)('replay a recording in %s', async (name, text) => {
    const ended = await runExample(name, '--sample');
    expect(ended).toEqual({ code: 0, output: expect.stringMatching(text) as string, leftovers: [] });
  });

  it.concurrent('are run by name', async () => {
    const ended = await started;
    const output = expect.stringMatching(/Hello! The workspace is ready\.\n$/) as string;
    expect(ended).toEqual({ code: 0, output, leftovers: [] });
  });

  it.concurrent('run the CLI of the user with --live', async () => {
    await started;
    await using fake = await openFakeCodex(fixtureScript('0.171.0/plain-answer'));
    const output = 'Hello! The workspace is ready.\n';
    const program = [compiled('runs/send-prompt'), '--live', 'Greet me.'];
    const PATH = `/repository/node_modules/.bin${delimiter}${dirname(fake.binary)}`;
    await expect(run(program, { CODEX_BINARY: fake.binary })).resolves.toEqual({ code: 0, output, leftovers: [] });
    await expect(run(program, { PATH })).resolves.toEqual({ code: 0, output, leftovers: [] });
    expect(fake.invocations().map(({ stdin }) => stdin)).toEqual(['Greet me.', 'Greet me.']);
  });

  it.concurrent('explain that they have no recording', async () => {
    const ended = await runExample('commands/help', '--sample');
    expect(ended).toEqual({ code: 2, output: expect.stringContaining('no recorded run') as string, leftovers: [] });
  });

  it('are all tested, listed in the README, and short', () => {
    const readme = readFileSync(join(examples, 'README.md'), 'utf8');
    expect(Object.keys(outputs).sort()).toEqual([...names].sort());
    expect(names.filter((name) => !readme.includes(`(${name}.ts)`))).toEqual([]);
    // The set-up of two machines is long.
    const short = names.filter((name) => !name.startsWith('remote/'));
    const lines = short.map((name) => readFileSync(join(examples, `${name}.ts`), 'utf8').split('\n').length);
    expect(Math.max(...lines)).toBeLessThanOrEqual(81);
  });

  it('mark in the README those with a recording', () => {
    const rows = readFileSync(join(examples, 'README.md'), 'utf8').split('\n');
    const marked = names.filter((name) => rows.some((row) => row.includes(`(${name}.ts) |`) && row.includes(' yes |')));
    expect(marked.sort()).toEqual(Object.keys(samples).sort());
  });
});
