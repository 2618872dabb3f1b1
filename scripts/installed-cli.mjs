// Any version of the CLI, installed on demand into a cache folder outside of the repository.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'codex-rx', 'cli');

const triples = {
  'linux-x64': 'x86_64-unknown-linux-musl',
  'linux-arm64': 'aarch64-unknown-linux-musl',
  'darwin-x64': 'x86_64-apple-darwin',
  'darwin-arm64': 'aarch64-apple-darwin',
};
const platform = `${process.platform}-${process.arch}`;

/**
 * Path of the native binary of a version; downloads a missing one from the npm registry. Throws an `Error` that says
 * what failed.
 */
export function installedCli(version) {
  if (!/^\d+\.\d+\.\d+$/.test(version)) throw new Error(`${version} is no version, such as 0.125.0`);
  if (triples[platform] === undefined) throw new Error(`codex-rx knows no CLI package for ${platform}`);
  const folder = join(cache, version);
  if (binaryIn(folder) === undefined) install(version, folder);
  const binary = binaryIn(folder);
  if (binary === undefined) throw new Error(`codex ${version} has no binary for ${platform} (looked in ${folder})`);
  return binary;
}

/** Whether {@link installedCli} does not have to download the version. */
export function isInstalled(version) {
  return binaryIn(join(cache, version)) !== undefined;
}

/** Since 0.110 each platform has its own package; before, the main package contained all platforms. */
function binaryIn(folder) {
  const modules = join(folder, 'node_modules', '@openai');
  return [join(modules, `codex-${platform}`), join(modules, 'codex')]
    .flatMap((root) => ['bin', 'codex'].map((layout) => join(root, 'vendor', triples[platform], layout, 'codex')))
    .find((path) => existsSync(path));
}

function install(version, folder) {
  process.stderr.write(`Installing @openai/codex@${version} into ${folder}\n`);
  mkdirSync(cache, { recursive: true });
  // Moved into place as a whole: an interrupted download must not leave half an installation.
  const temporary = mkdtempSync(join(cache, 'incoming-'));
  try {
    const options = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
    const { status } = spawnSync('npm', ['install', '--prefix', temporary, ...options, `@openai/codex@${version}`], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (status !== 0) throw new Error(`npm could not install @openai/codex@${version}`);
    rmSync(folder, { recursive: true, force: true });
    renameSync(temporary, folder);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}
