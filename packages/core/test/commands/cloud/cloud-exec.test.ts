import { cloudExec$ } from '@codex-rx/core/commands';
import { removeFolders } from '../support/real.js';
import { recordedAt, speaking } from '../support/recorded.js';
import { errorOf, removeStandIns, says, standIn, valuesOf } from '../support/stand-in.js';

afterEach(async () => {
  await removeStandIns();
  removeFolders();
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
