import type { ItemRecord } from './records.js';
import type { Place } from './threads-state.js';

/**
 * Items that are known to be in progress, as they were last told: events about them need no look at the list of items. Mostly that is one,
 * or none.
 */
export interface OpenItems {
  /** The one that was told last. */
  readonly last: ItemRecord;
  readonly others: readonly ItemRecord[];
}

/** Others are looked up in the list of items. */
const mostOthers = 7;

const noOthers: readonly ItemRecord[] = [];

/** The open item of the usual turn with this id and type. What it contains may be out of date. */
export function openItem(
  open: OpenItems | undefined,
  { isUsual, where }: Place,
  id: string | undefined,
  type: string | undefined,
): ItemRecord | undefined {
  if (open === undefined || !isUsual || id === undefined) return undefined;
  const { last, others } = open;
  if (is(last, where, id, type)) return last;
  return others.length === 0 ? undefined : others.find((record) => is(record, where, id, type));
}

function is(record: ItemRecord, where: object, id: string, type: string | undefined): boolean {
  return record.where === where && record.base.id === id && record.type === type;
}

/** After an item was told. */
export function openAfter(open: OpenItems | undefined, record: ItemRecord): OpenItems | undefined {
  if (record.state === 'in_progress') return { last: record, others: open === undefined ? noOthers : others(open, record) };
  if (open === undefined) return undefined;
  if (open.others.length === 0) return open.last.position === record.position ? undefined : open;
  const [last, ...rest] = others(open, record);
  return last && { last, others: rest };
}

/** The other items of the turn, the last one first. Those of other turns will not be asked for. */
function others({ last, others }: OpenItems, { where, position }: ItemRecord): readonly ItemRecord[] {
  const isOther = (other: ItemRecord) => other.where === where && other.position !== position;
  return [last, ...others].filter(isOther).slice(0, mostOthers);
}
