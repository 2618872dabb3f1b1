import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const root = join(__dirname, '..', '..', '..', '..');

/** A copy of the repository as a clone has it after `npm ci`: sources and dependencies, nothing built. */
export interface FreshClone {
  readonly path: string;
  remove(): void;
}

export function freshClone(): FreshClone {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'main-job-clone-')));
  const isSource = (source: string): boolean => !['dist', 'node_modules', 'test'].includes(basename(source));
  for (const name of ['package.json', 'tsconfig.base.json', 'packages', 'examples', 'scripts', 'fixtures'])
    cpSync(join(root, name), join(path, name), { recursive: true, filter: isSource });
  linkDependencies(join(root, 'node_modules'), join(path, 'node_modules'));
  const own = join(path, 'node_modules', '@codex-rx');
  mkdirSync(own);
  for (const name of readdirSync(join(path, 'packages'))) {
    const folder = join(path, 'packages', name);
    link(folder, name === 'cli' ? join(path, 'node_modules', 'codex-rx') : join(own, name));
    const dependencies = join(root, 'packages', name, 'node_modules');
    if (existsSync(dependencies)) link(dependencies, join(folder, 'node_modules'));
  }
  return {
    path,
    remove: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}

/** Each by itself: the workspaces' own packages have to be those of the clone. */
function linkDependencies(from: string, to: string): void {
  mkdirSync(to);
  const names = readdirSync(from).filter((name) => name !== '@codex-rx' && name !== 'codex-rx');
  for (const name of names) link(join(from, name), join(to, name));
}

function link(target: string, path: string): void {
  symlinkSync(target, path, 'junction');
}
