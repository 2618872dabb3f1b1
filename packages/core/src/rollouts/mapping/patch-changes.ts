import { resolve } from 'node:path';
import type { FileUpdateChange } from '../../events/items.js';

const KINDS = { Add: 'add', Update: 'update', Delete: 'delete' } as const;

/** The files that a patch names, sorted by path, as absolute paths. A moved file shows its old path. */
export function patchChanges(patch: string, cwd: string): readonly FileUpdateChange[] {
  const changes: FileUpdateChange[] = [];
  for (const line of patch.split(/\r?\n/)) {
    const [, verb, name] = /^\*\*\* (Add|Update|Delete) File: (.+)$/.exec(line) ?? [];
    if (name !== undefined) changes.push({ path: resolve(cwd, name), kind: KINDS[verb as keyof typeof KINDS] });
    const target = /^\*\*\* Move to: (.+)$/.exec(line)?.[1];
    const moved = changes.at(-1);
    if (target !== undefined && moved !== undefined)
      changes.splice(-1, 1, { ...moved, move_path: resolve(cwd, target) });
  }
  return changes.sort(byPath);
}

export function byPath(a: FileUpdateChange, b: FileUpdateChange): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
