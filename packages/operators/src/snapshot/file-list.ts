import { type ItemLog, settledItems } from './item-log.js';
import { List } from './list.js';
import type { ChangedFile, FileSequence } from './types.js';

/** The files that patches changed, by path. */
export class FileList extends List<ChangedFile> implements FileSequence {
  readonly #log: ItemLog;

  constructor(log: ItemLog) {
    super();
    this.#log = log;
  }

  override get length(): number {
    return settledItems(this.#log).files.length;
  }

  override valueAt(position: number): ChangedFile {
    return settledItems(this.#log).files.get(position);
  }

  byPath(path: string): ChangedFile | undefined {
    const position = settledItems(this.#log).files.find(path, 0, () => true);
    return position < 0 ? undefined : this.valueAt(position);
  }
}
