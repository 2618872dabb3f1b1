import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openFakeAppServer, openFakeCodex, serverTurn } from '@codex-rx/testing';
import { build } from 'esbuild';
import { type Block, collectBlocks } from './blocks.js';

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

/** The output of the fake: each event that examples use. */
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
    outcomes = runAll(compiled, folder);
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

  it.each(runnable.map((block) => [block.name, block] as const))('%s runs', async (_name, block) => {
    await expect(outcomes.get(block)).resolves.toBe('exited');
  });
});

/** Runs three blocks at a time. Returns the outcome of each block. */
function runAll(compiled: string, folder: string): Map<Block, Promise<string>> {
  const waiting: (() => Promise<void>)[] = [];
  const outcomes = new Map<Block, Promise<string>>();
  for (const block of runnable) {
    const outcome = new Promise<string>((resolve) => {
      waiting.push(async () => {
        resolve(await runBlock(block, join(compiled, `${baseName(block)}.mjs`), folder));
      });
    });
    outcomes.set(block, outcome);
  }
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await next();
  };
  for (let worker = 0; worker < 3; worker += 1) void work();
  return outcomes;
}

/** Opens a fake CLI, or nothing for a block that brings its own. */
async function openFake(code: string): Promise<({ readonly binary: string } & AsyncDisposable) | undefined> {
  if (code.includes('ScriptedModel')) return undefined;
  if (!/\b(?:openAppServer|appServer\$)\(|transport: 'app-server'/.test(code)) return openFakeCodex(script);
  return openFakeAppServer({ turns: Array.from({ length: 9 }, () => serverTurn.say('42')) });
}

/** Runs a block with a fake CLI, or with the real CLI if the block opens a scripted model. */
async function runBlock(block: Block, program: string, folder: string): Promise<string> {
  const cwd = mkdtempSync(join(tmpdir(), 'docs-block-'));
  mkdirSync(join(cwd, 'project'));
  // Not where an agent may write: a run would reject it.
  const home = mkdtempSync(join(folder, 'home-'));
  const fake = await openFake(block.code);
  try {
    const binary = fake === undefined ? {} : { CODEX_BINARY: fake.binary };
    const env = { ...process.env, ...binary, CODEX_HOME: home };
    await run(process.execPath, [program], { cwd, env, timeout: 60_000 });
    return 'exited';
  } catch (error) {
    return String(error);
  } finally {
    await fake?.[Symbol.asyncDispose]();
    rmSync(cwd, { recursive: true, force: true });
  }
}
