import { cloudStatus$ } from '@codex-rx/core/commands';
import { parseCloudStatus } from '../../../src/commands/cloud/cloud-status.js';
import { removeFolders } from '../support/real.js';
import { outputOf, recordedAt, speaking } from '../support/recorded.js';
import { errorOf, removeStandIns, says, valuesOf } from '../support/stand-in.js';

afterEach(async () => {
  await removeStandIns();
  removeFolders();
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
