import { existsSync } from 'node:fs';
import {
  apply$,
  cloudApply$,
  cloudDiff$,
  cloudExec$,
  cloudList$,
  cloudStatus$,
  type TaskOptions,
} from '@codex-rx/core/commands';
import type { Observable } from 'rxjs';
import { parseCloudStatus } from '../../src/commands/cloud/cloud-status.js';
import { privateFolder, removeFolders } from './support/real.js';
import { outputOf, recorded, recordedAt, speaking } from './support/recorded.js';
import { errorOf, removeStandIns, says, standIn, valuesOf } from './support/stand-in.js';

afterEach(async () => {
  await removeStandIns();
  removeFolders();
});

const onTask = { apply$, cloudStatus$, cloudDiff$, cloudApply$ };
const taskCommands = Object.entries<(request?: TaskOptions) => Observable<unknown>>(onTask);

describe('logged out', () => {
  it.each(
    ['cloud-list', 'cloud-list-json', 'cloud-exec'].flatMap((name) =>
      recorded(name).map((one) => [`${one.version} ${name}`, one] as const),
    ),
  )('%s is an error of category auth', async (_name, one) => {
    const fake = speaking({ ...one, version: '0.169.0' });
    const request$ =
      one.case === 'cloud-exec'
        ? cloudExec$({ ...fake.options, environment: 'e', query: 'q' })
        : cloudList$(fake.options);
    await expect(errorOf(request$)).resolves.toMatchObject({ code: 'EXIT', category: 'auth', exitCode: 1 });
    await fake.dispose();
  });

  it.each(
    recorded('apply')
      .filter(({ version }) => version !== '0.47.0')
      .map((one) => [one.version, one] as const),
  )('apply of %s is an error of category auth', async (_version, one) => {
    const fake = speaking(one);
    await expect(errorOf(apply$({ ...fake.options, taskId: 't' }))).resolves.toMatchObject({
      code: 'EXIT',
      category: 'auth',
    });
    await fake.dispose();
  });

  it.each(
    recorded('cloud-status')
      .filter(({ exitCode }) => exitCode === 1)
      .map((one) => [one.version, one] as const),
  )('cloud status of %s is an error of category auth', async (_version, one) => {
    const fake = speaking(one);
    await expect(errorOf(cloudStatus$({ ...fake.options, taskId: 't' }))).resolves.toMatchObject({ category: 'auth' });
    await fake.dispose();
  });
});

describe('the task', () => {
  const before = process.env.CODEX_TASK_ID;
  afterEach(() => {
    if (before === undefined) delete process.env.CODEX_TASK_ID;
    else process.env.CODEX_TASK_ID = before;
  });
  const answer = '[READY] Title\nenv  •  now\nno diff\n';

  it.each(taskCommands)('of %s is the given id, trimmed', async (_name, command$) => {
    const fake = says(answer);
    process.env.CODEX_TASK_ID = 'other';
    await expect(valuesOf(command$({ ...fake.options, taskId: ' task_1 ' }))).resolves.toMatchObject([
      { taskId: 'task_1' },
    ]);
    expect(fake.invocations()[0]?.argv.slice(-2)).toEqual(['--', 'task_1']);
  });

  it.each(taskCommands)('of %s is CODEX_TASK_ID by default', async (_name, command$) => {
    const fake = says(answer);
    process.env.CODEX_TASK_ID = ' from_host ';
    await expect(valuesOf(command$(fake.options))).resolves.toMatchObject([{ taskId: 'from_host' }]);
    await expect(valuesOf(command$({ ...fake.options, env: { CODEX_TASK_ID: 'from_env' } }))).resolves.toMatchObject([
      { taskId: 'from_env' },
    ]);
  });

  it.each(taskCommands)('of %s must be there', async (_name, command$) => {
    const fake = standIn();
    delete process.env.CODEX_TASK_ID;
    await expect(errorOf(command$(fake.options))).resolves.toMatchObject({ code: 'REQUEST_INVALID', field: 'taskId' });
    for (const taskId of ['', ' ', 'a\nb'])
      await expect(errorOf(command$({ ...fake.options, taskId }))).resolves.toMatchObject({
        code: 'REQUEST_INVALID',
        field: 'taskId',
      });
    process.env.CODEX_TASK_ID = ' ';
    await expect(errorOf(command$(fake.options))).resolves.toMatchObject({ code: 'REQUEST_INVALID' });
    expect(fake.invocations()).toEqual([]);
  });

  it.each(taskCommands)('of %s is never taken for an option', async (_name, command$) => {
    const fake = says(answer);
    await valuesOf(command$({ ...fake.options, taskId: '--help' }));
    expect(fake.invocations()[0]?.argv.slice(-2)).toEqual(['--', '--help']);
  });
});

describe('apply$', () => {
  it('runs in the folder of its request, with its settings and without search', async () => {
    const fake = says('Successfully applied diff\n');
    const workingDirectory = privateFolder();
    await expect(
      valuesOf(apply$({ ...fake.options, taskId: 't', workingDirectory, config: { a: 1 } })),
    ).resolves.toEqual([{ taskId: 't', text: 'Successfully applied diff', stderr: '' }]);
    expect(fake.invocations()[0]).toMatchObject({ argv: ['-c', 'a=1', 'apply', '--', 't'], cwd: workingDirectory });
  });

  it('keeps the warnings of an apply that succeeded', async () => {
    const fake = standIn([
      { raw: 'Successfully applied diff\n' },
      { stderr: 'warning: 1 line adds whitespace errors.\n' },
    ]);
    await expect(valuesOf(apply$({ ...fake.options, taskId: 't' }))).resolves.toEqual([
      { taskId: 't', text: 'Successfully applied diff', stderr: 'warning: 1 line adds whitespace errors.' },
    ]);
  });

  it('is an error if the diff cannot be applied', async () => {
    const fake = standIn([{ stderr: 'Error: Git apply failed (applied=0, skipped=0, conflicts=1)\n' }, { exit: 1 }]);
    await expect(errorOf(apply$({ ...fake.options, taskId: 't' }))).resolves.toMatchObject({
      code: 'EXIT',
      message: 'codex apply -- t exited with code 1: Error: Git apply failed (applied=0, skipped=0, conflicts=1)',
    });
  });
});

describe('cloudList$', () => {
  it('asks with environment, limit, cursor, as JSON; emits the page', async () => {
    const fake = speaking(recordedAt('0.125.0', 'cloud-list-json-in'));
    await expect(
      valuesOf(cloudList$({ ...fake.options, environment: 'env-a', limit: 3, cursor: 'c' })),
    ).resolves.toMatchObject([
      { cursor: 'next1', tasks: [{ id: 'task_1', status: 'ready', summary: { files_changed: 2 } }] },
    ]);
    expect(fake.invocations()[0]?.argv).toEqual([
      'cloud',
      'list',
      '--env',
      'env-a',
      '--limit',
      '3',
      '--cursor',
      'c',
      '--json',
    ]);
    await fake.dispose();
  });

  it('keeps fields that are not known', async () => {
    const page = JSON.parse(recordedAt('0.125.0', 'cloud-list-json-in').stdout) as { tasks: object[] };
    const fake = says(JSON.stringify({ ...page, tasks: [{ ...page.tasks[0], extra: 1 }], more: true }));
    await expect(valuesOf(cloudList$(fake.options))).resolves.toMatchObject([{ more: true, tasks: [{ extra: 1 }] }]);
  });

  it.each([
    ['it is not JSON', 'nothing\n'],
    ['tasks.0.id: expected string, found a number', JSON.stringify({ tasks: [{ id: 3 }], cursor: null })],
  ])('reports the problem of an output: %s', async (problem, text) => {
    const error = await errorOf(cloudList$(says(text).options));
    expect(error).toMatchObject({ code: 'COMMAND_PARSE', output: text });
    expect(String(error)).toContain(problem);
  });

  it.each<[string, object]>([
    ['limit', { limit: 0 }],
    ['limit', { limit: 21 }],
    ['limit', { limit: 1.5 }],
    ['cursor', { cursor: '' }],
    ['environment', { environment: ' ' }],
  ])('rejects %s before it starts a process', async (field, request) => {
    const fake = standIn();
    await expect(errorOf(cloudList$({ ...fake.options, ...request }))).resolves.toMatchObject({ field });
    expect(fake.invocations()).toEqual([]);
  });

  it('runs in a folder of its own, which is gone afterwards: the CLI leaves a log there', async () => {
    const fake = standIn([{ writeFile: { path: 'error.log', content: 'x' } }, { raw: '{"tasks":[],"cursor":null}' }]);
    await valuesOf(cloudList$(fake.options));
    const folder = fake.invocations()[0]?.cwd ?? '';
    expect(folder).not.toBe(process.cwd());
    expect(existsSync(folder)).toBe(false);
  });
});

describe('cloudStatus$', () => {
  it('parses the output of the CLI, and accepts exit code 1 for a task that is not ready', () => {
    expect(parseCloudStatus('task_1', outputOf(recordedAt('0.125.0', 'cloud-status-ready')))).toEqual({
      taskId: 'task_1',
      status: 'ready',
      title: 'Fix it',
      environment: 'env-a',
      updated: 'Nov 22 08:26',
      summary: { files_changed: 1, lines_added: 1, lines_removed: 0 },
      text: '[READY] Fix it\nenv-a  •  Nov 22 08:26\n+1/-0 • 1 file',
    });
    expect(parseCloudStatus('task_2', outputOf(recordedAt('0.125.0', 'cloud-status-pending')))).toMatchObject({
      status: 'pending',
    });
  });

  it('emits the state of a task that is not ready', async () => {
    const fake = speaking(recordedAt('0.125.0', 'cloud-status-pending'));
    await expect(valuesOf(cloudStatus$({ ...fake.options, taskId: 'task_2' }))).resolves.toMatchObject([
      { status: 'pending' },
    ]);
    await fake.dispose();
  });

  it('parses a task without a diff and without an environment', () => {
    const output = { exitCode: 1, signal: null, stderr: '', command: 'c', stdout: '[ERROR] x [y]\n3m ago\nno diff\n' };
    expect(parseCloudStatus('t', output)).toMatchObject({
      status: 'error',
      title: 'x [y]',
      environment: undefined,
      updated: '3m ago',
      summary: undefined,
    });
  });

  it('errors if the output cannot be parsed', async () => {
    await expect(errorOf(cloudStatus$({ ...says('hello\n').options, taskId: 't' }))).resolves.toMatchObject({
      code: 'COMMAND_PARSE',
    });
  });

  it('needs 0.75', async () => {
    await expect(errorOf(cloudStatus$({ ...says('', 0, '0.47.0').options, taskId: 't' }))).resolves.toMatchObject({
      code: 'CAPABILITY_UNSUPPORTED',
      since: '0.75.0',
    });
  });
});

describe('cloudDiff$ and cloudApply$', () => {
  it('emit the diff byte for byte', async () => {
    const one = recordedAt('0.125.0', 'cloud-diff-ready');
    const fake = speaking(one);
    await expect(valuesOf(cloudDiff$({ ...fake.options, taskId: 'task_1', attempt: 2 }))).resolves.toEqual([
      { taskId: 'task_1', diff: one.stdout },
    ]);
    expect(fake.invocations()[0]?.argv).toEqual(['cloud', 'diff', '--attempt', '2', '--', 'task_1']);
    await fake.dispose();
  });

  it('errors without a diff', async () => {
    const fake = speaking(recordedAt('0.125.0', 'cloud-diff-pending'));
    await expect(errorOf(cloudDiff$({ ...fake.options, taskId: 'task_2' }))).resolves.toMatchObject({
      code: 'EXIT',
      message: expect.stringContaining('No diff available for task task_2') as string,
    });
    await fake.dispose();
  });

  it('apply in the folder of the host, and emit the output', async () => {
    const fake = speaking(recordedAt('0.125.0', 'cloud-apply-ready'));
    await expect(valuesOf(cloudApply$({ ...fake.options, taskId: 'task_1' }))).resolves.toEqual([
      { taskId: 'task_1', text: 'Applied task task_1 locally (1 files)', stderr: '' },
    ]);
    expect(fake.invocations()[0]?.cwd).toBe(process.cwd());
    await fake.dispose();
  });

  it('error with standard output of the CLI if a part was not applied', async () => {
    const fake = speaking(recordedAt('0.125.0', 'cloud-apply-failed'));
    await expect(errorOf(cloudApply$({ ...fake.options, taskId: 'task_1' }))).resolves.toMatchObject({
      message: expect.stringContaining('Apply failed for task task_1 (applied=0, skipped=1, conflicts=0)') as string,
    });
    await fake.dispose();
  });

  it.each([0, -1, 1.5, Number.NaN])('refuse attempt %d', async (attempt) => {
    const fake = standIn();
    await expect(errorOf(cloudDiff$({ ...fake.options, taskId: 't', attempt }))).resolves.toMatchObject({
      field: 'attempt',
    });
    expect(fake.invocations()).toEqual([]);
  });
});

describe('cloudExec$', () => {
  it('names environment, attempts and branch; the query goes to standard input', async () => {
    const fake = speaking(recordedAt('0.125.0', 'cloud-exec-in'));
    await expect(
      valuesOf(cloudExec$({ ...fake.options, environment: ' env-a ', attempts: 2, branch: 'main', query: '-do\nit' })),
    ).resolves.toEqual([{ taskId: 'task_new', url: 'http://127.0.0.1:8790/codex/tasks/task_new' }]);
    expect(fake.invocations()[0]).toMatchObject({
      argv: ['cloud', 'exec', '--env', 'env-a', '--attempts', '2', '--branch', 'main', '-'],
      stdin: '-do\nit',
    });
    await fake.dispose();
  });

  it.each<[string, object]>([
    ['environment', { environment: ' ' }],
    ['query', { query: ' \n' }],
    ['attempts', { attempts: 5 }],
    ['branch', { branch: '' }],
  ])('rejects %s before it starts a process', async (field, request) => {
    const fake = standIn();
    await expect(
      errorOf(cloudExec$({ ...fake.options, environment: 'e', query: 'q', ...request })),
    ).resolves.toMatchObject({
      code: 'REQUEST_INVALID',
      field,
    });
    expect(fake.invocations()).toEqual([]);
  });

  it('errors without a URL in the output', async () => {
    await expect(errorOf(cloudExec$({ ...says('ok\n').options, environment: 'e', query: 'q' }))).resolves.toMatchObject(
      {
        code: 'COMMAND_PARSE',
      },
    );
  });
});
