import { changedPosition } from './item-log.js';
import type { StatefulSnapshot } from './state.js';
import type { ItemSnapshot, ThreadSnapshot } from './types.js';

/** The item that differs between a snapshot and the next one. */
export function changedItem(before: ThreadSnapshot, after: ThreadSnapshot): ItemSnapshot | undefined {
  const { items } = after as StatefulSnapshot;
  return before.items === items ? undefined : items.snapshotAt(changedPosition(items.log));
}
