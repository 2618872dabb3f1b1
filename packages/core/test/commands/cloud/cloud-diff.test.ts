import { cloudApply$, cloudDiff$ } from '@codex-rx/core/commands';
import { removeFolders } from '../support/real.js';
import { recordedAt, speaking } from '../support/recorded.js';
import { errorOf, removeStandIns, standIn, valuesOf } from '../support/stand-in.js';

afterEach(async () => {
  await removeStandIns();
  removeFolders();
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
