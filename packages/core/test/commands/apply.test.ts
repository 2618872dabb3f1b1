import { apply$ } from '@codex-rx/core/commands';
import { privateFolder, removeFolders } from './support/real.js';
import { errorOf, removeStandIns, says, standIn, valuesOf } from './support/stand-in.js';

afterEach(async () => {
  await removeStandIns();
  removeFolders();
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
