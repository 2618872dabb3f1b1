import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';

const root = join(__dirname, '..', '..', '..', '..');
const folder = join(root, 'packages', 'cli');

/** The program, built from source in a folder of its own. */
export interface Program {
  /** The file to start with Node.js. */
  readonly path: string;
  remove(): void;
}

/** As the published package is built, with the sources of the other packages. */
export async function buildProgram(): Promise<Program> {
  // Inside the repository, so that dependencies resolve.
  const cache = join(folder, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const copy = mkdtempSync(join(cache, 'program-'));
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
    packages: 'external',
    plugins: [ownSources],
    logLevel: 'error',
  });
  return {
    path: join(copy, 'bin', 'codex-rx.cjs'),
    remove: () => {
      rmSync(copy, { recursive: true, force: true });
    },
  };
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
