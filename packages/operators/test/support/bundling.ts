import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build } from 'esbuild';

/** Of the repository. */
export const root = join(__dirname, '../../../..');

/** Where the packages to bundle from are. */
export interface Packages {
  /** Code here finds them as `@codex-rx/…`. */
  readonly resolveDir: string;
  /** The folder with a folder for each of them. */
  readonly folder: string;
}

const workspaces: Packages = {
  resolveDir: join(root, 'packages/operators/test'),
  folder: join(root, 'packages'),
};

interface Bundle {
  /** The files whose code is in it, as paths below the folder of the packages. */
  readonly files: string[];
  readonly code: string;
}

export async function bundled(
  code: string,
  platform: 'node' | 'browser',
  { resolveDir, folder }: Packages = workspaces,
  format: 'esm' | 'cjs' = 'esm',
): Promise<Bundle> {
  const result = await build({
    stdin: { contents: code, resolveDir, loader: 'js' },
    bundle: true,
    write: false,
    metafile: true,
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
  const [output] = Object.values(result.metafile.outputs);
  const used = Object.entries(output?.inputs ?? {}).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  const files = used.map(([path]) => path).filter((path) => path !== '<stdin>');
  return { files: files.sort(), code: result.outputFiles[0]?.text ?? '' };
}

/** Builds the package and what it depends on. Throws with what the compiler says if anything is wrong: else old output would be tested. */
export function buildPackages(): void {
  const projects = ['packages/operators', 'packages/operators/tsconfig.cjs.json'];
  run(process.execPath, [join(root, 'node_modules/@typescript/native/bin/tsc'), '-b', ...projects]);
  // As scripts/build.mjs does: without it Node takes the CommonJS build for ES modules.
  for (const name of ['core', 'operators']) {
    writeFileSync(join(root, 'packages', name, 'dist/cjs/package.json'), '{"type":"commonjs","sideEffects":false}\n');
  }
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
