import type { ItemDelta, ThreadItem } from '@codex-rx/core/events';
import { applyDelta, onlyText, onlyTextField, type TextField, textOf, withText } from './apply-delta.js';
import type { ItemRecord, Where } from './records.js';

/** An item that is put together, but for one of its texts. */
interface Whole {
  readonly base: ThreadItem;
  readonly field: TextField | undefined;
  readonly text: string;
  item: ThreadItem | undefined;
}

/** Pieces that are kept as such at most. */
const mostPieces = 64;

/** An item that grows by a few words an event. It is put together when it is asked for: most are replaced before anybody does. */
export class GrownItem implements ItemRecord {
  declare readonly position: number;
  declare readonly where: Where;
  declare readonly id: string | undefined;
  declare readonly type: ThreadItem['type'];
  declare readonly state: 'in_progress';
  /** What it has grown from, and by what; until it is put together. */
  declare private before: ItemRecord | undefined;
  declare private delta: ItemDelta | undefined;
  declare private readonly pieces: number;
  declare private whole: Whole | undefined;

  constructor(before: ItemRecord, delta: ItemDelta) {
    this.position = before.position;
    this.where = before.where;
    this.id = before.id;
    this.type = before.type;
    this.state = 'in_progress';
    this.before = before;
    this.delta = delta;
    this.pieces = before instanceof GrownItem && before.whole === undefined ? before.pieces + 1 : 1;
    this.whole = undefined;
    if (this.pieces === mostPieces) this.putTogether();
  }

  get item(): ThreadItem {
    const whole = this.whole ?? this.putTogether();
    const { base, field, text } = whole;
    return (whole.item ??= field === undefined ? base : withText(base, field, text));
  }

  private putTogether(): Whole {
    const deltas: ItemDelta[] = [];
    let record: ItemRecord = this;
    while (record instanceof GrownItem && record.before !== undefined && record.delta !== undefined) {
      deltas.push(record.delta);
      record = record.before;
    }
    const known = record instanceof GrownItem ? record.whole : undefined;
    let { base, field, text } = known ?? { base: record.item, field: undefined, text: '' };
    for (const delta of deltas.reverse()) {
      const grows = onlyTextField(delta);
      if (grows === undefined || grows !== field) {
        base = field === undefined ? base : withText(base, field, text);
        text = grows === undefined ? '' : textOf(base, grows);
        field = grows;
      }
      if (field === undefined) base = applyDelta(base, delta);
      else text += onlyText(delta);
    }
    this.before = undefined;
    this.delta = undefined;
    this.whole = { base, field, text, item: undefined };
    return this.whole;
  }
}
