import { rmSync } from 'node:fs';
import { mkdtemp, realpath, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git } from './git.js';

/** A Git repository of its own; removed when it is disposed of, or when the process exits. */
export interface ScratchRepository extends AsyncDisposable {
  readonly path: string;
}

/** A repository with these files, by name, in its first commit. */
export async function openScratchRepository(files: Readonly<Record<string, string>>): Promise<ScratchRepository> {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'main-job-')));
  const remove = (): void => {
    process.off('exit', remove);
    rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  };
  process.on('exit', remove);
  try {
    for (const [name, content] of Object.entries(files)) await writeFile(join(path, name), content);
    await git(path, 'init', '--quiet');
    await git(path, 'add', '--all');
    await git(path, 'commit', '--quiet', '--message', 'Add the cart');
  } catch (error) {
    remove();
    throw error;
  }
  return {
    path,
    [Symbol.asyncDispose]: () => {
      remove();
      return Promise.resolve();
    },
  };
}
