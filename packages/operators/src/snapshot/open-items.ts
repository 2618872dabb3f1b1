import type { ItemRecord } from './records.js';
import type { Place } from './threads-state.js';

/**
 * Items that are known to be in progress, as they were last told: events about them need no look at the list of items. Mostly
 * that is one, or none.
 */
export type OpenItems = readonly ItemRecord[];

export const noneOpen: OpenItems = [];

/** Others are looked up in the list of items. */
const mostOpen = 8;

/** The open item of the usual turn with this id and type. What it contains may be out of date. */
export function openItem(
  open: OpenItems,
  { isUsual, where }: Place,
  id: string | undefined,
  type: string | undefined,
): ItemRecord | undefined {
  if (!isUsual || id === undefined) return undefined;
  for (const record of open) {
    if (record.where === where && record.type === type && record.base.id === id) return record;
  }
  return undefined;
}

/** After an item was told. */
export function openAfter(open: OpenItems, record: ItemRecord): OpenItems {
  if (record.state !== 'in_progress') return without(open, record);
  return open.length === 0 ? [record] : [...others(open, record).slice(1 - mostOpen), record];
}

function without(open: OpenItems, record: ItemRecord): OpenItems {
  if (open.length === 0) return open;
  if (open.length === 1) return open[0]?.position === record.position ? noneOpen : open;
  return others(open, record);
}

/** The other items of the turn. Those of other turns will not be asked for. */
function others(open: OpenItems, { where, position }: ItemRecord): OpenItems {
  return open.filter((other) => other.where === where && other.position !== position);
}
