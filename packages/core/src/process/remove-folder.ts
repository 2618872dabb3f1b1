import { randomUUID } from 'node:crypto';
import { closeSync, constants, openSync, readdirSync, renameSync, rmdirSync, rmSync, unlinkSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import { emitCleanupWarning, warnOnError } from '../util/warn-on-error.js';

/** Attempts to remove a folder to which a process still writes. */
const ATTEMPTS = 6;
const RETRY_DELAY_MS = 50;
/** Longest time for which a removal blocks the event loop, in ms. */
const SLICE_MS = 5;
/** Passes over a folder that a process fills again and again. */
const MAX_PASSES = 100_000;

/** Whether a removal never follows a link that a process creates meanwhile. Only Linux opens paths by descriptor. */
export const REMOVES_BY_DESCRIPTOR = process.platform === 'linux';

/** Removes a folder. Never follows a link on Linux. Retries, because a process may still write to it. Never rejects. */
export async function removeFolder(path: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      if (hasDescriptorPaths()) await inSlices(removeTree(path));
      else await rm(path, { recursive: true, force: true });
      return;
    } catch (error) {
      if (attempt === ATTEMPTS) {
        emitCleanupWarning(`could not remove ${path}`, error);
        return;
      }
      await delay(RETRY_DELAY_MS);
    }
  }
}

/** Removes a folder synchronously. Never follows a link on Linux. Never throws. */
export function removeFolderSync(path: string): void {
  warnOnError(`could not remove ${path}`, () => {
    if (!hasDescriptorPaths()) {
      rmSync(path, { recursive: true, force: true });
      return;
    }
    for (const steps = removeTree(path); steps.next().done !== true; );
  });
}

async function inSlices(steps: Generator<void, void>): Promise<void> {
  for (let since = performance.now(); steps.next().done !== true; ) {
    if (performance.now() - since < SLICE_MS) continue;
    await nextTurn();
    since = performance.now();
  }
}

function hasDescriptorPaths(): boolean {
  if (!REMOVES_BY_DESCRIPTOR) return false;
  try {
    closeSync(openSync('/proc/self/fd', constants.O_RDONLY | constants.O_DIRECTORY));
    return true;
  } catch {
    return false;
  }
}

/**
 * Removes a file or folder. Pauses after each file. Moves nested folders to the top, so that two descriptors are enough
 * for any depth.
 */
function* removeTree(path: string): Generator<void, void> {
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
      if (!unlinkIfExists(innerPath)) renameSync(innerPath, pathBelow(root, Buffer.from(randomUUID())));
    }
  } finally {
    closeSync(folder);
  }
  rmdirSync(path);
}

/** Returns a descriptor, or `undefined` if the path is not a folder. */
function openFolder(path: Buffer): number | undefined {
  const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW } = constants;
  try {
    return openSync(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes(codeOf(error))) return undefined;
    throw error;
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
