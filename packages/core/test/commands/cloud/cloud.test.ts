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
import { removeFolders } from '../support/real.js';
import { recorded, speaking } from '../support/recorded.js';
import { errorOf, removeStandIns, says, standIn, valuesOf } from '../support/stand-in.js';

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
