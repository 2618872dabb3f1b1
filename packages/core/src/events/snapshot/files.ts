import type { FileChangeItem, FileUpdateChange } from '../items.js';
import { emptyKeyedList, type KeyedList } from './keyed-list.js';
import { List } from './list.js';
import type { ChangedFile, FileSequence } from './types.js';

type Kind = FileUpdateChange['kind'];

const NO_FILES: KeyedList<ChangedFile> = /* @__PURE__ */ emptyKeyedList<ChangedFile>((file) => file.path);

/** The files that the patches of a stream changed, by path. */
export class FileList extends List<ChangedFile> implements FileSequence {
  readonly #files: KeyedList<ChangedFile>;

  constructor(files = NO_FILES) {
    super();
    this.#files = files;
  }

  override get length(): number {
    return this.#files.length;
  }

  protected override valueAt(position: number): ChangedFile {
    return this.#files.get(position);
  }

  byPath(path: string): ChangedFile | undefined {
    const position = positionOf(this.#files, path);
    return position === undefined ? undefined : this.#files.get(position);
  }

  /** Returns the list after a completed or failed patch, or the same list if the patch changed no file. */
  withPatch({ status, changes }: FileChangeItem): FileList {
    // Deltas of a patch are not validated by the decoder.
    const received: unknown = changes;
    if (status === 'declined' || !Array.isArray(received)) return this;
    let files = this.#files;
    for (const change of changes) {
      if (!hasPath(change)) continue;
      const { path, kind, move_path } = change;
      if (move_path === undefined || move_path === null) {
        files = withChange(files, path, kind, status);
      } else {
        files = withChange(files, path, 'delete', status);
        files = withChange(files, move_path, 'add', status);
      }
    }
    return files === this.#files ? this : new FileList(files);
  }
}

function hasPath(change: Partial<FileUpdateChange> | null): boolean {
  return typeof change?.path === 'string';
}

function positionOf(files: KeyedList<ChangedFile>, path: string): number | undefined {
  const position = files.find(path, 0, () => true);
  return position < 0 ? undefined : position;
}

function withChange(files: KeyedList<ChangedFile>, path: string, kind: Kind, status: string): KeyedList<ChangedFile> {
  const position = positionOf(files, path);
  if (position === undefined) return files.push({ path, kind, status, patches: 1 });
  const before = files.get(position);
  return files.set(position, { path, kind: combined(before.kind, kind), status, patches: before.patches + 1 });
}

function combined(before: Kind, after: Kind): Kind {
  if (before === 'add' && after === 'update') return 'add';
  if (before === 'delete' && after === 'add') return 'update';
  return after;
}
