import { closeSync, constants, openSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import { emitCleanupWarning } from '../util/warn-on-error.js';
import { withSpareDescriptors } from './platform/spare-descriptors.js';
import { removeTree } from './remove-tree.js';

/** Attempts to remove a folder to which a process still writes. */
const ATTEMPTS = 6;
const RETRY_DELAY_MS = 50;
/** Longest time for which a removal blocks the event loop, in ms. */
const SLICE_MS = 5;

/** Whether a removal never follows a link that a process creates meanwhile. Only Linux opens paths by descriptor. */
export const REMOVES_BY_DESCRIPTOR = process.platform === 'linux';

/** Errors of a host that has no free descriptors. */
const NO_DESCRIPTOR = ['EMFILE', 'ENFILE'];

/**
 * Removes a folder. Never follows a link on Linux. Retries, because a process may still write to it. Never rejects.
 *
 * @returns whether the folder does not exist any more
 */
export async function removeFolder(path: string): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await removeInSlices(path);
      return true;
    } catch (error) {
      if (isWithoutDescriptors(error)) return removeFolderSync(path);
      if (attempt === ATTEMPTS) {
        emitCleanupWarning(`could not remove ${path}`, error);
        return false;
      }
      await delay(RETRY_DELAY_MS);
    }
  }
}

/**
 * Removes a folder synchronously, also while the host has no free descriptors. Never follows a link on Linux. Never
 * throws.
 *
 * @returns whether the folder does not exist any more
 */
export function removeFolderSync(path: string): boolean {
  try {
    try {
      removeWhole(path);
    } catch (error) {
      if (!isWithoutDescriptors(error)) throw error;
      withSpareDescriptors(() => {
        removeWhole(path);
      });
    }
    return true;
  } catch (error) {
    emitCleanupWarning(`could not remove ${path}`, error);
    return false;
  }
}

async function removeInSlices(path: string): Promise<void> {
  if (!hasDescriptorPaths()) {
    await rm(path, { recursive: true, force: true });
    return;
  }
  const steps = removeTree(path);
  for (let since = performance.now(); steps.next().done !== true; ) {
    if (performance.now() - since < SLICE_MS) continue;
    await nextTurn();
    since = performance.now();
  }
}

function removeWhole(path: string): void {
  if (!hasDescriptorPaths()) rmSync(path, { recursive: true, force: true });
  else for (const steps = removeTree(path); steps.next().done !== true; );
}

/** @throws Error if the host has no free descriptors */
function hasDescriptorPaths(): boolean {
  if (!REMOVES_BY_DESCRIPTOR) return false;
  try {
    closeSync(openSync('/proc/self/fd', constants.O_RDONLY | constants.O_DIRECTORY));
    return true;
  } catch (error) {
    if (isWithoutDescriptors(error)) throw error;
    return false;
  }
}

function isWithoutDescriptors(error: unknown): boolean {
  return NO_DESCRIPTOR.includes((error as NodeJS.ErrnoException).code ?? '');
}
