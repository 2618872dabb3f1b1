import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  openSync,
  readdirSync,
  renameSync,
  rmdirSync,
  unlinkSync,
} from 'node:fs';

/** Passes over a folder that a process fills again and again. */
const MAX_PASSES = 100_000;
/** A flag of Linux that Node.js does not name: opens a folder that cannot be read. */
const O_PATH = 0o10000000;
const FOLDER = constants.O_DIRECTORY | constants.O_NOFOLLOW;

/**
 * Removes a file or folder. Pauses after each file. Moves nested folders to the top, so that three descriptors are
 * enough for any depth. Never follows a link that a process creates meanwhile.
 */
export function* removeTree(path: string): Generator<void, void> {
  const root = openFolder(Buffer.from(path));
  if (root === undefined) {
    unlinkIfExists(Buffer.from(path));
    return;
  }
  try {
    for (let pass = 0; pass < MAX_PASSES; pass += 1) {
      const names = namesIn(root);
      if (names.length === 0) break;
      for (const name of names) yield* removeEntry(root, name);
    }
  } finally {
    closeSync(root);
  }
  rmdirSync(path);
}

function* removeEntry(root: number, name: Buffer): Generator<void, void> {
  const path = pathBelow(root, name);
  yield;
  if (unlinkIfExists(path)) return;
  const folder = openFolder(path);
  // Exchanged meanwhile: the next pass removes it.
  if (folder === undefined) return;
  try {
    for (const inner of namesIn(folder)) {
      yield;
      const innerPath = pathBelow(folder, inner);
      if (!unlinkIfExists(innerPath)) move(innerPath, pathBelow(root, Buffer.from(randomUUID())));
    }
  } finally {
    closeSync(folder);
  }
  rmdirSync(path);
}

/** Returns a descriptor of a folder that can be changed, or `undefined` if the path is not a folder. */
function openFolder(path: Buffer): number | undefined {
  try {
    const folder = open(path);
    makeWritable(folder);
    return folder;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes(codeOf(error))) return undefined;
    throw error;
  }
}

/** An agent may have changed the mode. */
function makeWritable(folder: number): void {
  try {
    fchmodSync(folder, 0o700);
  } catch {
    // Then the removal of its entries fails.
  }
}

function open(path: Buffer): number {
  try {
    return openSync(path, constants.O_RDONLY | FOLDER);
  } catch (error) {
    if (codeOf(error) !== 'EACCES') throw error;
    unlock(path);
    return openSync(path, constants.O_RDONLY | FOLDER);
  }
}

/** Makes a folder accessible that cannot be opened. */
function unlock(path: Buffer): void {
  const folder = openSync(path, O_PATH | FOLDER);
  try {
    chmodSync(descriptorPath(folder), 0o700);
  } finally {
    closeSync(folder);
  }
}

/** The system writes to a folder that gets another parent. */
function move(path: Buffer, target: Buffer): void {
  try {
    renameSync(path, target);
  } catch (error) {
    if (codeOf(error) !== 'EACCES') throw error;
    unlock(path);
    renameSync(path, target);
  }
}

/** Returns whether the path does not exist any more; `false` for a folder. */
function unlinkIfExists(path: Buffer): boolean {
  try {
    unlinkSync(path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return true;
    if (codeOf(error) === 'EISDIR') return false;
    throw error;
  }
}

const namesIn = (folder: number): Buffer[] => readdirSync(descriptorPath(folder), { encoding: 'buffer' });

const descriptorPath = (descriptor: number): string => `/proc/self/fd/${String(descriptor)}`;

/** Names are bytes: the agent may choose invalid UTF-8. */
const pathBelow = (folder: number, name: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${descriptorPath(folder)}/`), name]);

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}
