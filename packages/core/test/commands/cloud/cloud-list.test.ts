import { existsSync } from 'node:fs';
import { cloudList$ } from '@codex-rx/core/commands';
import { removeFolders } from '../support/real.js';
import { recordedAt, speaking } from '../support/recorded.js';
import { errorOf, removeStandIns, says, standIn, valuesOf } from '../support/stand-in.js';

afterEach(async () => {
  await removeStandIns();
  removeFolders();
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
