import type { FileChangeItem, FileUpdateChange } from '@codex-rx/core/events';
import { emptyKeyedList, type KeyedList } from './keyed-list.js';
import { List } from './list.js';
import type { ChangedFile, FileSequence } from './types.js';

/** The files that patches changed, by path. */
export class FileList extends List<ChangedFile> implements FileSequence {
  readonly #files: KeyedList<ChangedFile>;

  constructor(files: KeyedList<ChangedFile>) {
    super();
    this.#files = files;
  }

  override get length(): number {
    return this.#files.length;
  }

  override valueAt(position: number): ChangedFile {
    return this.#files.get(position);
  }

  byPath(path: string): ChangedFile | undefined {
    const position = this.#files.find(path, 0, () => true);
    return position < 0 ? undefined : this.#files.get(position);
  }

  /** The list after a patch is final. A refused patch has changed nothing. */
  after(patch: FileChangeItem): FileList {
    if (patch.status === 'declined' || patch.changes.length === 0) return this;
    let files = this.#files;
    for (const change of patch.changes) {
      if (change.move_path === undefined || change.move_path === null) {
        files = noted(files, change.path, change.kind, patch.status);
      } else {
        files = noted(files, change.path, 'delete', patch.status);
        files = noted(files, change.move_path, 'add', patch.status);
      }
    }
    return new FileList(files);
  }
}

export const emptyFileList = /* @__PURE__ */ new FileList(emptyKeyedList((file) => file.path));

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
