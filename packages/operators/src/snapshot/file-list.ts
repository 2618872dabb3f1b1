import { type ItemLog, settledItems } from './item-log.js';
import { type List, listed } from './list.js';
import type { ChangedFile, FileSequence } from './types.js';

/** The files that patches changed, by path. */
export class FileList implements FileSequence {
  declare readonly at: List<ChangedFile>['at'];
  declare readonly toArray: List<ChangedFile>['toArray'];
  declare readonly toJSON: List<ChangedFile>['toJSON'];
  declare readonly [Symbol.iterator]: List<ChangedFile>[typeof Symbol.iterator];

  static {
    listed(this);
  }

  readonly #log: ItemLog;

  constructor(log: ItemLog) {
    this.#log = log;
  }

  get length(): number {
    return settledItems(this.#log).files.length;
  }

  valueAt(position: number): ChangedFile {
    return settledItems(this.#log).files.get(position);
  }

  byPath(path: string): ChangedFile | undefined {
    const position = settledItems(this.#log).files.find(path, 0, () => true);
    return position < 0 ? undefined : this.valueAt(position);
  }
}
