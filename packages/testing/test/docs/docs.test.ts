import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openFakeCodex } from '@codex-rx/testing';
import { build } from 'esbuild';
import { type Block, collectBlocks } from './blocks.js';

const root = join(__dirname, '..', '..', '..', '..');
const run = promisify(execFile);

const sources = {
  '@codex-rx/core/events': 'packages/core/src/events/index.ts',
  '@codex-rx/core/errors': 'packages/core/src/errors/index.ts',
  '@codex-rx/core': 'packages/core/src/index.ts',
  '@codex-rx/operators/node': 'packages/operators/src/node.ts',
  '@codex-rx/operators': 'packages/operators/src/index.ts',
  '@codex-rx/testing/arbitrary': 'packages/testing/src/arbitrary/index.ts',
  '@codex-rx/testing/jest': 'packages/testing/src/jest/index.ts',
  '@codex-rx/testing': 'packages/testing/src/index.ts',
};

/** What a run of the fake prints: one of everything that examples look at. */
const script = {
  steps: [
    { line: { type: 'thread.started', thread_id: '01a205c4-69f5-7682-91b9-0f9fa5d429a7' } },
    { line: { type: 'turn.started' } },
    { line: { type: 'item.completed', item: { id: 'item_0', type: 'agent_message', text: '42' } } },
    { line: { type: 'turn.completed', usage: { input_tokens: 3, cached_input_tokens: 1, output_tokens: 2 } } },
  ],
} as const;

const blocks = collectBlocks(root);
const runnable = blocks.filter((block) => block.isRun);
const fileName = (block: Block): string => `${block.name.replace(/[^\w]+/g, '-')}.ts`;

describe('code in the documentation', () => {
  let folder: string;

  beforeAll(() => {
    // Below the repository, so that packages are found.
    const cache = join(root, 'node_modules', '.cache');
    mkdirSync(cache, { recursive: true });
    folder = mkdtempSync(join(cache, 'codex-rx-docs-'));
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('is found', () => {
    expect(blocks.length).toBeGreaterThan(10);
  });

  it('compiles', async () => {
    const types = join(folder, 'types');
    mkdirSync(types);
    for (const block of blocks) writeFileSync(join(types, fileName(block)), `${block.code}\nexport {};\n`);
    const paths = Object.fromEntries(Object.entries(sources).map(([name, path]) => [name, [join(root, path)]]));
    const compilerOptions = {
      composite: false,
      incremental: false,
      declaration: false,
      declarationMap: false,
      sourceMap: false,
      noEmit: true,
      lib: ['ES2022', 'ESNext.Disposable', 'DOM'],
      types: ['node', 'jest'],
      paths,
    };
    writeFileSync(
      join(types, 'tsconfig.json'),
      JSON.stringify({ extends: join(root, 'tsconfig.base.json'), compilerOptions, include: ['*.ts'] }),
    );
    cpSync(join(root, 'packages', 'core', 'package.json'), join(types, 'package.json'));
    const tsc = join(root, 'node_modules', '@typescript', 'native', 'bin', 'tsc');
    const output = await run(process.execPath, [tsc, '-p', types]).then(
      ({ stdout }) => stdout,
      (error: unknown) => (error as { stdout: string }).stdout,
    );
    expect(output).toBe('');
  });

  it.each(runnable.map((block) => [block.name, block] as const))('%s runs', async (_name, block) => {
    const outfile = join(folder, fileName(block).replace(/\.ts$/, '.mjs'));
    await build({
      stdin: { contents: block.code, resolveDir: root, loader: 'ts' },
      alias: Object.fromEntries(Object.entries(sources).map(([name, path]) => [name, join(root, path)])),
      bundle: true,
      external: Object.keys({ rxjs: 1, 'rxjs/*': 1, 'cross-spawn': 1, split2: 1, 'fp-ts/*': 1, 'io-ts': 1, '@iarna/toml': 1, 'fast-check': 1 }),
      platform: 'node',
      format: 'esm',
      target: 'node20',
      outfile,
      define: { __dirname: JSON.stringify(join(root, 'packages', 'core', 'dist')) },
      logLevel: 'silent',
    });
    const cwd = mkdtempSync(join(tmpdir(), 'docs-block-'));
    const fake = await openFakeCodex(script);
    try {
      const env = { ...process.env, CODEX_BINARY: fake.binary, CODEX_HOME: join(cwd, 'home') };
      await expect(run(process.execPath, [outfile], { cwd, env, timeout: 60_000 })).resolves.toBeDefined();
    } finally {
      await fake.dispose();
      rmSync(cwd, { recursive: true, force: true });
    }
  });
});
