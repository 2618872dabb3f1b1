import type { Stats } from 'node:fs';

interface Entry {
  users: number;
  created?: { readonly ino: number; readonly dev: number };
}

/** The files that rotations of this process have created, for as long as a run logs to their path. */
export class RotatedFiles {
  readonly #entries = new Map<string, Entry>();

  acquire(path: string): void {
    const entry = this.#entries.get(path) ?? { users: 0 };
    entry.users += 1;
    this.#entries.set(path, entry);
  }

  release(path: string): void {
    const entry = this.#entries.get(path);
    if (entry === undefined) return;
    entry.users -= 1;
    if (entry.users === 0) this.#entries.delete(path);
  }

  setCreated(path: string, { ino, dev }: Stats): void {
    const entry = this.#entries.get(path);
    if (entry !== undefined) entry.created = { ino, dev };
  }

  isCreated(path: string, { ino, dev }: Stats): boolean {
    const created = this.#entries.get(path)?.created;
    return created?.ino === ino && created.dev === dev;
  }
}
