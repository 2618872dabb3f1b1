import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';

/** The removal of a folder needs three. Another thread may take the first descriptor that is closed. */
const COUNT = 4;

let spare: number[] = [];
let users = 0;

/**
 * Reserves descriptors, so that processes can be listed when the host has no free descriptors. Returns a function
 * that releases them.
 */
export function reserveDescriptors(): () => void {
  users += 1;
  fill();
  let isReleased = false;
  return () => {
    if (isReleased) return;
    isReleased = true;
    users -= 1;
    if (users === 0) lend();
  };
}

/** Calls `work` while the reserved descriptors are free. */
export function withSpareDescriptors<T>(work: () => T): T {
  lend();
  try {
    return work();
  } finally {
    if (users > 0) fill();
  }
}

function fill(): void {
  try {
    while (spare.length < COUNT) spare.push(openSync(devNull, 'r'));
  } catch {
    // The host has none left: the next user tries again.
  }
}

function lend(): void {
  const lent = spare;
  spare = [];
  for (const descriptor of lent) {
    try {
      closeSync(descriptor);
    } catch {
      // The host closed a descriptor that it did not open.
    }
  }
}
