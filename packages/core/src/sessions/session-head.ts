import type { OpenString } from '../events/items.js';
import { isObject } from '../events/schema/fields.js';
import type { RolloutRecord, SessionMeta } from '../rollouts/records.js';

/** The data of a session from the start of its rollout. */
export interface SessionHead {
  readonly meta?: SessionMeta;
  /** The time of the first record. */
  readonly began?: string;
  readonly prompt?: string;
  /** The number of records so far. */
  readonly seen: number;
}

export const emptyHead: SessionHead = { seen: 0 };

/** Damaged lines may precede the data of the session. A file without it in this many records is not a session. */
const MAX_RECORDS_WITHOUT_META = 32;

export function readHead(head: SessionHead, record: RolloutRecord): SessionHead {
  // The file of a fork contains the data of its origin after its own.
  const meta = head.meta ?? (record.type === 'session_meta' ? record.payload : undefined);
  const began = head.began ?? record.timestamp;
  const prompt = head.prompt ?? userText(record);
  return {
    seen: head.seen + 1,
    ...(meta !== undefined && { meta }),
    ...(began !== undefined && { began }),
    ...(prompt !== undefined && { prompt }),
  };
}

export function isReadEnough({ meta, prompt, seen }: SessionHead): boolean {
  return meta === undefined ? seen >= MAX_RECORDS_WITHOUT_META : prompt !== undefined;
}

/**
 * Returns the text of the user: an item since CLI 0.150, a message before. Excludes the texts that the CLI adds in the
 * name of the user.
 */
function userText(record: RolloutRecord): string | undefined {
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

/** How a session started. */
export type SessionKind = OpenString<'exec' | 'cli' | 'vscode' | 'mcp' | 'review' | 'subagent' | 'internal'>;

/** Returns how a session started, or `undefined` if its file does not contain that. */
export function sessionKind(meta: SessionMeta): SessionKind | undefined {
  const { source } = meta;
  if (typeof source === 'string') return source;
  if (isObject(source) && source.internal !== undefined) return 'internal';
  const origin = isObject(source) ? source.subagent : undefined;
  if (origin !== undefined) return origin === 'review' ? 'review' : 'subagent';
  return typeof meta.parent_thread_id === 'string' ? 'subagent' : undefined;
}

/** Returns the thread that started a sub-agent. CLI 0.125 writes it inside of `source`. */
export function parentThread({ parent_thread_id, source }: SessionMeta): string | undefined {
  if (typeof parent_thread_id === 'string') return parent_thread_id;
  const origin = isObject(source) ? source.subagent : undefined;
  const spawn = isObject(origin) ? origin.thread_spawn : undefined;
  return isObject(spawn) && typeof spawn.parent_thread_id === 'string' ? spawn.parent_thread_id : undefined;
}
