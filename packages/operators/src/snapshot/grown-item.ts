import type { ItemDelta, ThreadItem } from '@codex-rx/core/events';
import { applyDelta, onlyText, onlyTextField, type TextField, textOf, withText } from './apply-delta.js';
import type { ItemRecord, Where } from './records.js';

/** A piece of an item that is in progress. The record that it leads to is made when somebody looks, once for all who do. */
export class Growth {
  declare readonly position: number;
  declare readonly delta: ItemDelta;
  declare record: ItemRecord | undefined;

  constructor(position: number, delta: ItemDelta) {
    this.position = position;
    this.delta = delta;
    this.record = undefined;
  }
}

/** An item that has grown. It is put together when it is asked for: most are replaced before anybody does. */
class GrownItem implements ItemRecord {
  declare readonly position: number;
  declare readonly where: Where;
  declare readonly id: string | undefined;
  declare readonly type: ThreadItem['type'];
  declare readonly state: 'in_progress';
  /** The item, but for one of its texts. */
  declare readonly base: ThreadItem;
  declare readonly field: TextField;
  declare readonly text: string;
  declare private whole: ThreadItem | undefined;

  constructor({ position, where, id, type }: ItemRecord, base: ThreadItem, field: TextField, text: string) {
    this.position = position;
    this.where = where;
    this.id = id;
    this.type = type;
    this.state = 'in_progress';
    this.base = base;
    this.field = field;
    this.text = text;
    this.whole = undefined;
  }

  get item(): ThreadItem {
    return (this.whole ??= withText(this.base, this.field, this.text));
  }
}

/** The record of an item after more pieces of it, one or more. */
export function grown(told: ItemRecord, pieces: readonly Growth[]): ItemRecord {
  const last = pieces.at(-1);
  if (last === undefined) return told;
  if (last.record !== undefined) return last.record;
  let known = pieces.length - 1;
  while (known >= 0 && pieces[known]?.record === undefined) known--;
  const from = pieces[known]?.record ?? told;
  let base = from instanceof GrownItem ? from.base : from.item;
  let field = from instanceof GrownItem ? from.field : undefined;
  let text = from instanceof GrownItem ? from.text : '';
  for (const { delta } of pieces.slice(known + 1)) {
    const grows = onlyTextField(delta);
    if (grows === undefined || grows !== field) {
      if (field !== undefined) base = withText(base, field, text);
      text = grows === undefined ? '' : textOf(base, grows);
      field = grows;
    }
    if (grows === undefined) base = applyDelta(base, delta);
    else text += onlyText(delta);
  }
  const { position, where, id, type } = told;
  last.record =
    field === undefined
      ? { position, where, id, type, item: base, state: 'in_progress' }
      : new GrownItem(told, base, field, text);
  return last.record;
}
