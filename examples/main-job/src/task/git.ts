import { execFile } from 'node:child_process';
import { devNull } from 'node:os';
import { relative } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Overrides the user's configuration: no hooks, no signatures, no editor. */
const settings = {
  'user.name': 'Main Job',
  'user.email': 'main-job@example.invalid',
  'commit.gpgSign': 'false',
  'core.hooksPath': devNull,
  'core.autocrlf': 'false',
  'init.defaultBranch': 'main',
};

/** Standard output of `git` in a folder. */
export async function git(folder: string, ...args: readonly string[]): Promise<string> {
  const config = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  try {
    const { stdout } = await run('git', [...config, ...args], { cwd: folder, maxBuffer: 16 * 1024 * 1024 });
    return stdout;
  } catch (error) {
    const { code, stdout } = error as { code?: string | number; stdout?: string };
    if (code === 'ENOENT')
      throw new Error('Git is not installed, or not on PATH: the task needs it.', { cause: error });
    // `diff --no-index` says with 1 that there are differences.
    if (args[0] === 'diff' && code === 1) return stdout ?? '';
    throw error;
  }
}

/** The changes of a run as a Git diff; `''` outside of a repository. Changes nothing. */
export async function diffOf(
  folder: string,
  files: Iterable<{ readonly path: string; readonly kind: string }>,
): Promise<string> {
  const diffs: string[] = [];
  for (const { path, kind } of files) {
    const what = kind === 'add' ? ['--no-index', '--', devNull, relative(folder, path)] : ['HEAD', '--', path];
    diffs.push(await git(folder, 'diff', '--no-color', '--no-ext-diff', '--relative', ...what).catch(() => ''));
  }
  return diffs.join('');
}
