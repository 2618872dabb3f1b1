import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';

const root = join(__dirname, '..', '..', '..', '..');
const folder = join(root, 'packages', 'cli');
// Inside the repository, so that dependencies resolve.
const cache = join(folder, 'node_modules', '.cache', 'program');
const PACKAGES = ['core', 'operators', 'testing', 'cli'];
const OLD_MS = 60 * 60 * 1000;

/** The program, built from source. */
export interface Program {
  /** The file to start with Node.js. */
  readonly path: string;
}

/**
 * Builds the program as the published package is built, with all dependencies in it. Test files with equal sources
 * share a build.
 */
export async function buildProgram(): Promise<Program> {
  const built = join(cache, fingerprint());
  const path = join(built, 'bin', 'codex-rx.cjs');
  if (existsSync(path)) return { path };
  mkdirSync(cache, { recursive: true });
  removeOld();
  const copy = mkdtempSync(join(cache, 'new-'));
  for (const name of ['bin', 'package.json']) cpSync(join(folder, name), join(copy, name), { recursive: true });
  await build({
    absWorkingDir: folder,
    entryPoints: ['src/main.ts'],
    outdir: join(copy, 'dist', 'esm'),
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'es2022',
    // Loading hundreds of small files takes most of the time of a start.
    banner: {
      js: `import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);`,
    },
    plugins: [ownSources],
    logLevel: 'error',
  });
  try {
    renameSync(copy, built);
  } catch (error) {
    // Another test file was first.
    if (!existsSync(path)) throw error;
    rmSync(copy, { recursive: true, force: true });
  }
  return { path };
}

/** Changes with every change of a source. */
function fingerprint(): string {
  const hash = createHash('sha256').update(readFileSync(join(folder, 'package.json')));
  hash.update(readFileSync(join(folder, 'bin', 'codex-rx.cjs')));
  for (const name of PACKAGES) {
    const source = join(root, 'packages', name, 'src');
    for (const file of readdirSync(source, { recursive: true, encoding: 'utf8' }).sort()) {
      const { mtimeMs, size } = statSync(join(source, file));
      hash.update(`${name}/${file} ${String(mtimeMs)} ${String(size)}\n`);
    }
  }
  return hash.digest('hex').slice(0, 32);
}

/** Removes builds of earlier sources, which no test uses any more. */
function removeOld(): void {
  for (const name of readdirSync(cache)) {
    const path = join(cache, name);
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats !== undefined && Date.now() - stats.mtimeMs > OLD_MS) rmSync(path, { recursive: true, force: true });
  }
}

/** `@codex-rx/core/rollouts` is `packages/core/src/rollouts/index.ts`. */
const ownSources: Plugin = {
  name: 'own-sources',
  setup({ onResolve }) {
    onResolve({ filter: /^@codex-rx\// }, ({ path }) => {
      const [, name = '', entry = ''] = path.split('/');
      const source = join(root, 'packages', name, 'src');
      const isFile = readdirSync(source).includes(`${entry}.ts`);
      return { path: isFile ? join(source, `${entry}.ts`) : join(source, entry, 'index.ts') };
    });
  },
};

/** The end of a process. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process of the program that may still run. */
export interface Started {
  readonly pid: number;
  /** The output so far. */
  stdout(): string;
  stderr(): string;
  write(text: string): void;
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<Ended>;
}

/** Where and how the program starts. */
export interface StartOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
}

/** Starts the program with pipes. Its standard input stays open until `write('\u0004')`. */
export function startProgram({ path }: Program, args: readonly string[], options: StartOptions = {}): Started {
  const child = spawn(process.execPath, [path, ...args], {
    cwd: options.cwd,
    env: { ...process.env, CODEX_BINARY: undefined, NO_COLOR: undefined, FORCE_COLOR: undefined, ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin.on('error', () => undefined);
  return {
    pid: child.pid ?? 0,
    stdout: () => stdout,
    stderr: () => stderr,
    write: (text) => (text === '\u0004' ? child.stdin.end() : child.stdin.write(text)),
    kill: (signal) => child.kill(signal),
    ended: new Promise((resolve, reject) => {
      child.on('error', reject).on('close', (code) => {
        resolve({ code, stdout, stderr });
      });
    }),
  };
}

/** Runs the program to its end, without standard input. */
export async function runProgram(program: Program, args: readonly string[], options?: StartOptions): Promise<Ended> {
  const started = startProgram(program, args, options);
  started.write('\u0004');
  return await started.ended;
}
