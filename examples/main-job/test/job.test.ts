import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ThreadEvent } from '@codex-rx/core';
import { model, openScriptedModel } from '@codex-rx/testing';
import { waitUntil } from '@codex-rx/testing/processes';
import { type FreshClone, freshClone } from './support/fresh-clone.js';
import { type Job, type JobOptions, startJob } from './support/job.js';

let clone: FreshClone;
const jobs: Job[] = [];

function start(options: JobOptions = {}): Job {
  const job = startJob(clone.path, options);
  jobs.push(job);
  return job;
}

/** Processes and files that a job leaves; polls, because the system reports an exit late. */
async function leftoversOf(job: Job): Promise<readonly string[]> {
  await waitUntil(() => job.leftovers().length === 0, 10_000).catch(() => undefined);
  return job.leftovers();
}

function eventsIn(text: string): readonly ThreadEvent[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as ThreadEvent);
}

beforeAll(() => {
  clone = freshClone();
});

afterEach(() => {
  for (const job of jobs.splice(0)) job.remove();
});

afterAll(() => {
  clone.remove();
});

describe('in a fresh clone', () => {
  it('builds the packages, runs the real CLI on its task and shows it as plain lines in a pipe', async () => {
    const job = start();
    const { code, stdout, stderr } = await job.ended;
    expect(stderr).toBe('Building the packages, this once …\n');
    expect(stdout).not.toContain('\u001b');
    const shown = stdout.replace(/^ *\d+\.\ds {2}/gm, '').replace(/, \d+\.\ds\)/g, ')');
    expect(shown).toMatch(/^start {3}thread [\da-f-]{36}$/m);
    const timeline = shown.split('\n').filter((line) => /^(?:think|plan|done|run|edit|say) /.test(line));
    expect(timeline).toEqual([
      'think   Reproducing the failure',
      'plan    a plan of 4 steps',
      'run     node check.mjs  (exit 1)',
      'think   Looking for the cause',
      'done    See the check fail (1/4)',
      'run     cat cart.mjs  (ok)',
      'think   Found it',
      'done    Find the cause (2/4)',
      'edit    A CHANGES.md  M cart.mjs',
      'done    Mend it (3/4)',
      'run     node check.mjs  (ok)',
      'done    Check again (4/4)',
      'say     The check passes now. `total` took the discount as a factor',
    ]);
    expect(shown).toContain('│ WRONG   a cart with 10 % off: expected 2609, got -26091');
    const summary = shown.slice(shown.indexOf('-----'));
    expect(summary).toMatch(/^ {2}completed in \d+\.\ds$/m);
    expect(summary).toContain('plan       4 of 4 steps done');
    expect(summary).toContain('commands   3 run, 1 failed');
    expect(summary).toContain('tokens     18,060 in (16,570 cached), 512 out (123 reasoning)');
    expect(summary).toContain('  -  return sum - sum * discount;\n  +  return Math.round(sum * (1 - discount / 100));');
    expect(code).toBe(0);
    expect(await leftoversOf(job)).toEqual([]);
  }, 300_000); // The build takes long on a busy machine.

  it('prints the events as JSON lines with --json', async () => {
    const job = start({ args: ['--json'] });
    const { code, stdout, stderr } = await job.ended;
    const all = eventsIn(stdout);
    expect([all[0]?.type, all.at(-1)?.type]).toEqual(['thread.started', 'turn.completed']);
    const kinds = all.flatMap((event) => (event.type === 'item.completed' ? [event.item.type] : []));
    expect(new Set(kinds)).toEqual(
      new Set(['reasoning', 'command_execution', 'file_change', 'agent_message', 'todo_list']),
    );
    expect([code, stderr]).toEqual([0, '']);
    expect(await leftoversOf(job)).toEqual([]);
  });

  it('explains itself with --help', async () => {
    const { code, stdout, stderr } = await start({ args: ['--help'] }).ended;
    expect(stdout).toMatch(/^Usage: npm start/);
    for (const option of ['--live', '--cd', '--sandbox', '--sample', '--samples', '--json'])
      expect(stdout).toContain(option);
    expect([code, stderr]).toEqual([0, '']);
  });

  it.each([
    [['--colour'], "Unknown option '--colour'"],
    [['--sample', 'no-such-run'], 'there is no sample "no-such-run"'],
    [['--sample', './no-such-file.jsonl'], 'no-such-file.jsonl'],
    [['--live', 'Do it', '--cd', 'no-such-folder'], 'there is no folder'],
  ])('refuses %j with exit code 2 and says why', async (args, why) => {
    const { code, stdout, stderr } = await start({ args }).ended;
    expect(stderr).toContain(why);
    expect(stderr).toContain('npm start -- --help');
    expect([code, stdout]).toEqual([2, '']);
  });
});

describe('a recorded run', () => {
  const withoutCli = { CODEX_BINARY: join(tmpdir(), 'no-such-codex') };

  it('is replayed without any CLI', async () => {
    const job = start({ args: ['--sample', 'everything'], env: withoutCli });
    const { code, stdout } = await job.ended;
    expect(stdout).toMatch(/^ +\d\.\ds {2}think {3}Locating the bug$/m);
    expect(stdout).toMatch(/^ {2}completed in /m);
    expect(code).toBe(0);
    expect(await leftoversOf(job)).toEqual([]);
  });

  it('says why it failed, and exits with 1, if it did', async () => {
    const { code, stdout } = await start({ args: ['--sample', '0.169.0/failed-turn'], env: withoutCli }).ended;
    expect(stdout).toMatch(/^ {2}failed in .*\n {4}Codex ran out of room/m);
    expect(code).toBe(1);
  });

  it('may be a file', async () => {
    const args = ['--json', '--sample', join(clone.path, 'fixtures', '0.169.0', 'plain-answer.jsonl')];
    const { code, stdout } = await start({ args }).ended;
    expect(eventsIn(stdout).at(-1)?.type).toBe('turn.completed');
    expect(code).toBe(0);
  });

  it('has a name that --samples prints', async () => {
    const { code, stdout } = await start({ args: ['--samples'] }).ended;
    expect(stdout.split('\n')).toContain('0.169.0/everything');
    expect(code).toBe(0);
  });
});

describe('without a CLI', () => {
  it('says so, offers a sample and exits with 1', async () => {
    const job = start({ env: { CODEX_BINARY: join(tmpdir(), 'no-such-codex') } });
    const { code, stdout } = await job.ended;
    expect(stdout).toMatch(/^ {2}failed in /m);
    expect(stdout).toContain('Codex CLI not found');
    expect(stdout).toContain('npm start -- --sample everything');
    expect(code).toBe(1);
    expect(await leftoversOf(job)).toEqual([]);
  });
});

describe("with the user's own CLI", () => {
  it('runs it in the folder of choice, with its configuration', async () => {
    await using scripted = await openScriptedModel([
      model.patch('*** Add File: notes.txt\n+hello'),
      model.say('I wrote notes.txt.'),
    ]);
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'main-job-live-')));
    try {
      writeFileSync(join(folder, 'before.txt'), '');
      const env = { ...scripted.options.env, CODEX_HOME: scripted.options.codexHome };
      const job = start({ args: ['--live', 'Write notes.', '--cd', folder, '--sandbox', 'danger-full-access'], env });
      const { code, stdout } = await job.ended;
      expect(stdout).toContain('› Write notes.');
      expect(stdout).toMatch(/edit {4}A notes\.txt$/m);
      expect(stdout).toContain('\n  notes.txt\n  @@ -0,0 +1 @@\n  +hello\n');
      expect(code).toBe(0);
      expect(readFileSync(join(folder, 'notes.txt'), 'utf8')).toBe('hello\n');
      expect(scripted.requests[0]?.prompt).toBe('Write notes.');
      scripted.assertDone();
      expect(await leftoversOf(job)).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('when it is ended', () => {
  const hasStartedCommand = (job: Job) => () => job.stdout().includes('"type":"item.started","item":{"id":"item_2"');

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'by %s, takes the CLI, its command and all folders with it',
    async (signal) => {
      const job = start({ args: ['--json'] });
      await waitUntil(hasStartedCommand(job), 30_000);
      process.kill(job.pid, signal);
      const { code, stderr } = await job.ended;
      expect([code, stderr]).toEqual([signal === 'SIGINT' ? 130 : 143, '']);
      expect(await leftoversOf(job)).toEqual([]);
    },
  );

  it('by Ctrl-C, says that it was stopped', async () => {
    const job = start();
    await waitUntil(() => job.stdout().includes('a plan of 4 steps'), 30_000);
    process.kill(job.pid, 'SIGINT');
    const { code, stdout } = await job.ended;
    expect(stdout).toMatch(/^ {2}stopped in \d+\.\ds$/m);
    expect(code).toBe(130);
    expect(await leftoversOf(job)).toEqual([]);
  });

  it('by a second Ctrl-C, goes at once and still leaves nothing', async () => {
    const job = start({ args: ['--json'] });
    await waitUntil(hasStartedCommand(job), 30_000);
    process.kill(job.pid, 'SIGINT');
    process.kill(job.pid, 'SIGINT');
    expect((await job.ended).code).toBe(130);
    expect(await leftoversOf(job)).toEqual([]);
  });

  it('by a reader that leaves, ends quietly', async () => {
    const job = start({ shell: '"$0" "$@" | head -n 8' });
    const { stdout, stderr } = await job.ended;
    expect(stdout.split('\n').length).toBeLessThanOrEqual(9);
    expect(stderr).toBe('');
    expect(await leftoversOf(job)).toEqual([]);
  });
});

/** `script` of util-linux gives its command a terminal. */
const onTerminal = 'script --quiet --return --command "$(printf "%q " "$0" "$@")" /dev/null';
const canHaveTerminal = process.platform === 'linux' && existsSync('/usr/bin/script');
const onTerminals = canHaveTerminal ? describe : describe.skip;

onTerminals('on a terminal', () => {
  it('shows the plan and what goes on below the timeline, and gives the cursor back', async () => {
    const job = start({ shell: onTerminal, env: { NO_COLOR: undefined, TERM: 'xterm-256color' } });
    const { code, stdout } = await job.ended;
    expect(stdout).toContain('\u001b[?25l');
    expect(stdout).toContain('▸');
    expect(stdout).toContain('$ node check.mjs');
    expect(stdout).toContain('Ctrl-C ends it');
    expect(stdout.lastIndexOf('\u001b[?25h')).toBeGreaterThan(stdout.lastIndexOf('Ctrl-C ends it'));
    expect(stdout.slice(stdout.lastIndexOf('\u001b[?25h'))).toContain('completed in');
    expect(code).toBe(0);
    expect(await leftoversOf(job)).toEqual([]);
  });

  it('is plain lines with NO_COLOR', async () => {
    const job = start({
      args: ['--sample', 'plain-answer'],
      shell: onTerminal,
      env: { NO_COLOR: '1', TERM: 'xterm-256color' },
    });
    expect((await job.ended).stdout).not.toContain('\u001b');
  });
});
