import type { RolloutRecord, SessionMeta } from '../rollouts/records.js';

/** What the beginning of a rollout tells of its session. */
export interface SessionHead {
  readonly meta?: SessionMeta;
  /** When the file's first record was written. */
  readonly began?: string;
  readonly prompt?: string;
  /** Records seen. */
  readonly seen: number;
}

export const emptyHead: SessionHead = { seen: 0 };

/** Damaged lines may stand before a session's own data; a file without it in this many records is no session. */
const RECORDS_TO_LOOK_AT = 32;

export function readHead(head: SessionHead, record: RolloutRecord): SessionHead {
  // A fork goes on with the data of the session that it came from.
  const meta = head.meta ?? (record.type === 'session_meta' ? record.payload : undefined);
  const began = head.began ?? record.timestamp;
  const prompt = head.prompt ?? promptOf(record);
  return {
    seen: head.seen + 1,
    ...(meta !== undefined && { meta }),
    ...(began !== undefined && { began }),
    ...(prompt !== undefined && { prompt }),
  };
}

export function isReadEnough({ meta, prompt, seen }: SessionHead): boolean {
  return meta === undefined ? seen >= RECORDS_TO_LOOK_AT : prompt !== undefined;
}

/** What the user said: from CLI 0.150 on an item, before it a message of its own. What the CLI tells the model in the user's name is neither. */
function promptOf(record: RolloutRecord): string | undefined {
  if (record.type !== 'event_msg') return undefined;
  const { payload } = record;
  if (payload.type === 'user_message') return payload.message;
  if (payload.type !== 'item_completed' || payload.item.type !== 'UserMessage') return undefined;
  const { content } = payload.item as { readonly content?: unknown };
  return Array.isArray(content) ? content.flatMap(textOf).join('\n') : undefined;
}

function textOf(part: unknown): string[] {
  const text = (part as { readonly text?: unknown } | null)?.text;
  return typeof text === 'string' ? [text] : [];
}
