import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { type Block, collectBlocks } from './blocks.js';
import { runBlocks } from './run-blocks.js';

const root = join(__dirname, '..', '..', '..', '..');
const run = promisify(execFile);

interface Manifest {
  readonly name: string;
  readonly exports: Readonly<
    Record<string, { readonly import?: { readonly default: string }; readonly node?: unknown }>
  >;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

const manifests = ['core', 'operators', 'testing', 'cli'].map((folder) => ({
  folder,
  manifest: JSON.parse(readFileSync(join(root, 'packages', folder, 'package.json'), 'utf8')) as Manifest,
}));

/** The source of each entry point. The root of operators is its Node variant. */
const sources = Object.fromEntries(
  manifests.flatMap(({ folder, manifest }) =>
    Object.entries(manifest.exports)
      .filter(([entry]) => entry !== './package.json')
      .map(([entry, target]) => {
        const file =
          entry === '.'
            ? 'index.ts'
            : (target.import?.default ?? '').replace('./dist/esm/', '').replace(/\.js$/, '.ts');
        return [manifest.name + entry.slice(1), join(root, 'packages', folder, 'src', file)] as const;
      }),
  ),
);

const packages = manifests
  .flatMap(({ manifest }) => Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }))
  .filter((name) => !name.startsWith('@codex-rx/'));

const blocks = collectBlocks(root);
const runnable = blocks.filter((block) => block.isRun);
const baseName = (block: Block): string => block.name.replace(/[^\w]+/g, '-');

describe('code in the documentation', () => {
  let folder: string;
  let outcomes: Map<Block, Promise<string>>;

  beforeAll(async () => {
    // In the repository, so that packages resolve.
    const cache = join(root, 'node_modules', '.cache');
    mkdirSync(cache, { recursive: true });
    folder = mkdtempSync(join(cache, 'codex-rx-docs-'));
    for (const block of blocks) writeFileSync(join(folder, `${baseName(block)}.ts`), `${block.code}\nexport {};\n`);
    const compiled = join(folder, 'out');
    await build({
      entryPoints: runnable.map((block) => join(folder, `${baseName(block)}.ts`)),
      outdir: compiled,
      outExtension: { '.js': '.mjs' },
      alias: sources,
      bundle: true,
      splitting: true,
      external: packages.flatMap((name) => [name, `${name}/*`]),
      platform: 'node',
      format: 'esm',
      target: 'node20',
      logLevel: 'silent',
    }).catch(() => undefined); // The test "compiles" reports the errors.
    outcomes = runBlocks(runnable, (block) => join(compiled, `${baseName(block)}.mjs`));
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('is found', () => {
    expect(blocks.length).toBeGreaterThan(30);
  });

  it('compiles', async () => {
    const compilerOptions = {
      composite: false,
      incremental: false,
      declaration: false,
      declarationMap: false,
      sourceMap: false,
      noEmit: true,
      lib: ['ES2022', 'ESNext.Disposable', 'DOM'],
      types: ['node', 'jest'],
      paths: Object.fromEntries(Object.entries(sources).map(([name, path]) => [name, [path]])),
    };
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ extends: join(root, 'tsconfig.base.json'), compilerOptions, include: ['*.ts'] }),
    );
    cpSync(join(root, 'packages', 'core', 'package.json'), join(folder, 'package.json'));
    const tsc = join(root, 'node_modules', '@typescript', 'native', 'bin', 'tsc');
    const output = await run(process.execPath, [tsc, '-p', folder]).then(
      ({ stdout }) => stdout,
      (error: unknown) => (error as { stdout: string }).stdout,
    );
    expect(output).toBe('');
  });

  it.each(runnable.map((block) => [block.name, block] as const))(
    '%s runs',
    async (_name, block) => {
      await expect(outcomes.get(block)).resolves.toBe('exited');
    },
    300_000,
  ); // The first waits for all blocks that share a process.
});
