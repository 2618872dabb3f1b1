import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { generateAppServerBindings$ } from '@codex-rx/core/commands';
import { privateFolder, removeFolders } from './support/real.js';
import { errorOf, removeStandIns, says, standIn, valuesOf } from './support/stand-in.js';

afterEach(async () => {
  await removeStandIns();
  removeFolders();
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
