import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { debug$, doctor$, generateAppServerBindings$, type HelpScope, help$, version$ } from '@codex-rx/core/commands';
import { expectTypeOf } from 'expect-type';
import type { Observable } from 'rxjs';
import type { ModelCatalog, PromptInputItem } from '../../src/commands/debug.js';
import { privateFolder, removeFolders } from './support/real.js';
import { recorded, speaking } from './support/recorded.js';
import { errorOf, removeStandIns, says, standIn, valuesOf } from './support/stand-in.js';

afterEach(async () => {
  await removeStandIns();
  removeFolders();
});

describe('version$', () => {
  it.each(recorded('version').map((one) => [one.version, one] as const))('reads what %s says', async (version, one) => {
    // Stand-ins answer `--version` by themselves.
    await expect(valuesOf(version$(speaking({ ...one, version }).options))).resolves.toEqual([
      { version, text: `codex-cli ${version}` },
    ]);
  });

  it('keeps what is before a release', async () => {
    await expect(valuesOf(version$(standIn({ version: '0.150.0-alpha.3', steps: [] }).options))).resolves.toMatchObject(
      [{ version: '0.150.0-alpha.3' }],
    );
  });

  it('errors without a version in the output', async () => {
    await expect(errorOf(version$(standIn({ version: 'unknown', steps: [] }).options))).resolves.toMatchObject({
      code: 'COMMAND_PARSE',
      command: 'codex --version',
    });
  });
});

describe('help$', () => {
  it.each<[HelpScope | undefined, readonly string[]]>([
    [undefined, ['help']],
    ['root', ['help']],
    ['exec', ['exec', 'help']],
    ['features', ['features', 'help']],
    ['login', ['login', 'help']],
    ['app-server', ['app-server', 'help']],
    ['sandbox', ['sandbox', 'help']],
    ['cloud', ['cloud', 'help']],
    ['mcp', ['mcp', 'help']],
    ['debug', ['debug', 'help']],
    ['plugin', ['plugin', 'help']],
  ])('asks for the help of %s', async (scope, argv) => {
    const fake = says('the page\n');
    await expect(valuesOf(help$({ ...fake.options, scope }))).resolves.toEqual(['the page\n']);
    expect(fake.invocations()[0]?.argv).toEqual(argv);
  });

  it('asks for a command, word for word', async () => {
    const fake = says('');
    await valuesOf(help$({ ...fake.options, command: ['exec', 'review'] }));
    expect(fake.invocations()[0]?.argv).toEqual(['help', 'exec', 'review']);
  });

  it.each<[string, object]>([
    ['scope', { scope: 'nothing' }],
    ['command[0]', { command: [''] }],
    ['command[1]', { command: ['exec', '--help'] }],
    ['command[0]', { command: ['a b'] }],
  ])('rejects %s before it starts a process', async (field, request) => {
    const fake = standIn();
    await expect(errorOf(help$({ ...fake.options, ...request }))).resolves.toMatchObject({
      code: 'REQUEST_INVALID',
      field,
    });
    expect(fake.invocations()).toEqual([]);
  });

  it('is an error for a command that the CLI does not have', async () => {
    const fake = standIn([{ stderr: "error: unrecognized subcommand 'x'\n" }, { exit: 2 }]);
    await expect(errorOf(help$({ ...fake.options, command: ['x'] }))).resolves.toMatchObject({
      code: 'EXIT',
      category: 'usage',
    });
  });
});

describe('doctor$', () => {
  it.each(recorded('doctor-json').map((one) => [one.version, one] as const))(
    'gives the report of %s, in which something fails',
    async (version, one) => {
      const fake = speaking(one);
      const [report] = await valuesOf(doctor$(fake.options));
      expect(one.exitCode).toBe(1);
      expect(report).toMatchObject({ overallStatus: 'fail', codexVersion: version, binarySource: 'option' });
      expect(report?.binary).toBe(fake.options.binary);
      expect(report?.checks['auth.credentials']).toMatchObject({ category: 'auth', status: 'fail' });
      expect(fake.invocations()[0]?.argv).toEqual(['doctor', '--json']);
      await fake.dispose();
    },
  );

  it('errors if the report cannot be parsed or the CLI fails', async () => {
    await expect(errorOf(doctor$(says('{"schemaVersion":1}', 1).options))).resolves.toMatchObject({
      code: 'COMMAND_PARSE',
    });
    await expect(errorOf(doctor$(says('', 2).options))).resolves.toMatchObject({ code: 'EXIT', exitCode: 2 });
  });

  it('needs 0.150', async () => {
    const fake = says('', 0, '0.125.0');
    await expect(errorOf(doctor$(fake.options))).resolves.toMatchObject({
      code: 'CAPABILITY_UNSUPPORTED',
      since: '0.150.0',
    });
    expect(fake.invocations()).toEqual([]);
  });
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

describe('generateAppServerBindings$', () => {
  it('creates the folder, passes it as an absolute path, and emits its files', async () => {
    const outDir = join(privateFolder(), 'a', 'b');
    const fake = standIn([{ writeFile: { path: join(outDir, 'Thread.ts'), content: '' } }]);
    const options = { ...fake.options, workingDirectory: privateFolder(), config: { x: 1 } };
    await expect(
      valuesOf(
        generateAppServerBindings$({
          ...options,
          target: 'typescript',
          outDir,
          experimental: true,
          prettier: '/bin/p',
        }),
      ),
    ).resolves.toEqual([{ outDir, files: ['Thread.ts'] }]);
    expect(fake.invocations()[0]).toMatchObject({
      argv: ['-c', 'x=1', 'app-server', 'generate-ts', '--out', outDir, '--experimental', '--prettier', '/bin/p'],
      cwd: options.workingDirectory,
    });
  });

  it('resolves a relative folder from the folder of the host', async () => {
    const folder = join(privateFolder(), 'out');
    const fake = standIn();
    await valuesOf(
      generateAppServerBindings$({
        ...fake.options,
        target: 'json-schema',
        outDir: relative(process.cwd(), folder),
        workingDirectory: '/',
      }),
    );
    expect(fake.invocations()[0]?.argv).toEqual(['app-server', 'generate-json-schema', '--out', folder]);
    expect(existsSync(folder)).toBe(true);
  });

  it('errors if the CLI fails, after the folder was created', async () => {
    const outDir = join(privateFolder(), 'out');
    const fake = standIn([{ stderr: 'schema failed' }, { exit: 5 }]);
    await expect(
      errorOf(generateAppServerBindings$({ ...fake.options, target: 'json-schema', outDir })),
    ).resolves.toMatchObject({
      code: 'EXIT',
      exitCode: 5,
      stderr: 'schema failed',
    });
    expect(existsSync(outDir)).toBe(true);
  });

  it('rejects a folder that cannot be created', async () => {
    const file = join(privateFolder(), 'file');
    writeFileSync(file, '');
    const fake = standIn();
    await expect(
      errorOf(generateAppServerBindings$({ ...fake.options, target: 'typescript', outDir: join(file, 'x') })),
    ).resolves.toMatchObject({ code: 'REQUEST_INVALID', field: 'outDir' });
    expect(fake.invocations()).toEqual([]);
  });

  it.each([
    ['0.47.0', {}, '0.75.0'],
    ['0.75.0', { experimental: true }, '0.98.0'],
  ])('rejects %s of %j as too new, before it creates a folder', async (version, request, since) => {
    const outDir = join(privateFolder(), 'out');
    const fake = says('', 0, version);
    await expect(
      errorOf(generateAppServerBindings$({ ...fake.options, target: 'typescript', outDir, ...request })),
    ).resolves.toMatchObject({ code: 'CAPABILITY_UNSUPPORTED', since });
    expect(existsSync(outDir)).toBe(false);
  });

  it('sees files in folders', async () => {
    const outDir = privateFolder();
    mkdirSync(join(outDir, 'v2'));
    writeFileSync(join(outDir, 'v2', 'a.ts'), '');
    await expect(
      valuesOf(generateAppServerBindings$({ ...standIn().options, target: 'typescript', outDir })),
    ).resolves.toMatchObject([{ files: [join('v2', 'a.ts')] }]);
  });
});
