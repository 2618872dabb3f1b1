import type { FileChangeItem, FileUpdateChange } from '@codex-rx/core/events';
import { emptyKeyedList, type KeyedList } from './keyed-list.js';
import type { ChangedFile } from './types.js';

export const noFiles: KeyedList<ChangedFile> = /* @__PURE__ */ emptyKeyedList<ChangedFile>((file) => file.path);

/** Whether a final patch has done anything: a refused one has changed nothing. */
export function hasChanged(patch: FileChangeItem): boolean {
  return changesOf(patch).length > 0;
}

/** What a final patch has done. Pieces of a patch are not checked by the decoder: what names no file is left out. */
function changesOf({ status, changes }: FileChangeItem): readonly FileUpdateChange[] {
  const told: unknown = changes;
  if (status === 'declined' || !Array.isArray(told)) return [];
  return changes.filter((change: Partial<FileUpdateChange> | null) => typeof change?.path === 'string');
}

/** The changed files after a patch is final. */
export function filesAfter(before: KeyedList<ChangedFile>, patch: FileChangeItem): KeyedList<ChangedFile> {
  let files = before;
  for (const { path, kind, move_path } of changesOf(patch)) {
    if (move_path === undefined || move_path === null) {
      files = noted(files, path, kind, patch.status);
    } else {
      files = noted(files, path, 'delete', patch.status);
      files = noted(files, move_path, 'add', patch.status);
    }
  }
  return files;
}

function noted(
  files: KeyedList<ChangedFile>,
  path: string,
  kind: FileUpdateChange['kind'],
  status: string,
): KeyedList<ChangedFile> {
  const position = files.find(path, 0, () => true);
  if (position < 0) return files.push({ path, kind, status, patches: 1 });
  const before = files.get(position);
  return files.set(position, { path, kind: together(before.kind, kind), status, patches: before.patches + 1 });
}

function together(before: FileUpdateChange['kind'], now: FileUpdateChange['kind']): FileUpdateChange['kind'] {
  if (before === 'add' && now === 'update') return 'add';
  if (before === 'delete' && now === 'add') return 'update';
  return now;
}
