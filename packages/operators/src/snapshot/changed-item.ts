import { type StatefulSnapshot, stateKey } from './state.js';
import type { ItemSnapshot, ThreadSnapshot } from './types.js';

/** The item that differs between a snapshot and the next one. */
export function changedItem(before: ThreadSnapshot, after: ThreadSnapshot): ItemSnapshot | undefined {
  return before.items === after.items
    ? undefined
    : after.items.snapshotAt((after as StatefulSnapshot)[stateKey].changed);
}
