import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build } from 'esbuild';
import { sourceFiles } from './source-files.js';

/** Of the repository. */
export const root = join(__dirname, '../../../..');

/** Where the packages to bundle from are. */
export interface Packages {
  /** Code here finds them as `@codex-rx/…`. */
  readonly resolveDir: string;
  /** The folder with a folder per package. */
  readonly folder: string;
}

const workspaces: Packages = {
  resolveDir: join(root, 'packages/operators/test'),
  folder: join(root, 'packages'),
};

interface Bundle {
  /** The source files whose code is in it, as paths below the folder of the packages. */
  readonly files: string[];
  /** The files of the packages that contribute to it, as paths below the folder of the packages. */
  readonly inputs: string[];
  readonly code: string;
}

export async function bundled(
  program: string,
  platform: 'node' | 'browser',
  { resolveDir, folder }: Packages = workspaces,
  format: 'esm' | 'cjs' = 'esm',
): Promise<Bundle> {
  const result = await build({
    stdin: { contents: program, resolveDir, loader: 'js' },
    bundle: true,
    write: false,
    metafile: true,
    sourcemap: 'external',
    outdir: folder,
    minify: true,
    platform,
    format,
    target: 'es2022',
    external: ['rxjs'],
    absWorkingDir: folder,
    // For what packages outside of the repository depend on.
    nodePaths: [join(root, 'node_modules')],
    logLevel: 'silent',
  });
  const text = (extension: string) => result.outputFiles.find(({ path }) => path.endsWith(extension))?.text ?? '';
  const code = text('.js');
  const files = sourceFiles(code, text('.js.map'), folder);
  const outputs = Object.values(result.metafile.outputs);
  const used = outputs
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  const inputs = used.map(([path]) => path).filter((path) => path !== '<stdin>');
  return { files, inputs, code };
}

/** Builds all packages. Throws the output of the compiler if it fails: else old output would be tested. */
export function buildPackages(): void {
  run(process.execPath, [join(root, 'scripts/build.mjs')]);
}

/** Packs the packages as they would be published, and unpacks them as they would be installed into the folder. */
export function installPacked(folder: string): Packages {
  const names = ['core', 'operators'];
  const workspaceArgs = names.flatMap((name) => ['-w', `packages/${name}`]);
  const cache = join(folder, 'npm-cache');
  const npm = ['pack', '--offline', '--ignore-scripts', '--json', '--cache', cache, '--pack-destination', folder];
  const packed = JSON.parse(run('npm', [...npm, ...workspaceArgs])) as readonly { name: string; filename: string }[];
  for (const { name, filename } of packed) {
    const target = join(folder, 'node_modules', name);
    mkdirSync(target, { recursive: true });
    run('tar', ['-xzf', join(folder, filename), '-C', target, '--strip-components=1']);
  }
  return { resolveDir: folder, folder: join(folder, 'node_modules/@codex-rx') };
}

function run(command: string, args: readonly string[]): string {
  try {
    // npm is a batch file on Windows.
    const shell = process.platform === 'win32' && command === 'npm';
    return execFileSync(command, args, { cwd: root, encoding: 'utf8', stdio: 'pipe', shell });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${relative(root, command)} ${args.join(' ')}\n${stdout}${stderr}`, { cause: error });
  }
}
