import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { debug$ } from '@codex-rx/core/commands';
import { expectTypeOf } from 'expect-type';
import type { Observable } from 'rxjs';
import type { ModelCatalog, PromptInputItem } from '../../src/commands/debug.js';
import { privateFolder, removeFolders } from './support/real.js';
import { errorOf, removeStandIns, says, standIn, valuesOf } from './support/stand-in.js';

afterEach(async () => {
  await removeStandIns();
  removeFolders();
});

describe('debug$', () => {
  const model = {
    slug: 'm',
    display_name: 'M',
    supported_reasoning_levels: [{ effort: 'low', description: 'd' }],
    visibility: 'list',
    supported_in_api: true,
    priority: 1,
  };

  it('emits the catalogue of models, with fields that are not known here', async () => {
    const fake = says(JSON.stringify({ models: [{ ...model, context_window: 5, more: 1 }], etag: 'x' }));
    await expect(valuesOf(debug$({ ...fake.options, topic: 'models', bundled: true }))).resolves.toMatchObject([
      { etag: 'x', models: [{ slug: 'm', more: 1 }] },
    ]);
    await valuesOf(debug$({ ...fake.options, topic: 'models' }));
    expect(fake.invocations().map(({ argv }) => argv)).toEqual([
      ['debug', 'models', '--bundled'],
      ['debug', 'models'],
    ]);
  });

  it('emits the input of the model, for a prompt with two images', async () => {
    const folder = privateFolder();
    const images = ['a.png', 'b.png'].map((name) => join(folder, name));
    for (const image of images) writeFileSync(image, '');
    const fake = says('[{"type":"message","role":"user"}]');
    await expect(
      valuesOf(debug$({ ...fake.options, topic: 'prompt-input', images, prompt: '-p', profile: 'x' })),
    ).resolves.toEqual([[{ type: 'message', role: 'user' }]]);
    expect(fake.invocations()[0]?.argv).toEqual([
      ...['--profile', 'x', 'debug', 'prompt-input', '--image', images[0], '--image', images[1], '--', '-p'],
    ]);
  });

  it('has a result for each topic', () => {
    expectTypeOf(debug$({ topic: 'models' })).toEqualTypeOf<Observable<ModelCatalog>>();
    expectTypeOf(debug$({ topic: 'prompt-input' })).toEqualTypeOf<Observable<readonly PromptInputItem[]>>();
  });

  it.each<[string, object]>([
    ['topic', { topic: 'weather' }],
    ['images[0]', { topic: 'prompt-input', images: ['/nowhere/a.png'] }],
    ['prompt', { topic: 'prompt-input', prompt: 'a\0' }],
  ])('rejects %s before it starts a process', async (field, request) => {
    const fake = standIn();
    await expect(errorOf(debug$({ ...fake.options, ...(request as { topic: 'models' }) }))).resolves.toMatchObject({
      code: 'REQUEST_INVALID',
      field,
    });
    expect(fake.invocations()).toEqual([]);
  });

  it('needs 0.125', async () => {
    for (const topic of ['models', 'prompt-input'] as const) {
      const fake = says('', 0, '0.98.0');
      await expect(errorOf(debug$({ ...fake.options, topic: topic as 'models' }))).resolves.toMatchObject({
        code: 'CAPABILITY_UNSUPPORTED',
        since: '0.125.0',
      });
    }
  });
});
