import { basename } from 'node:path';
import { followHistory, type HistoryPosition } from '@codex-rx/core/rollouts';
import {
  countResponse,
  countTotal,
  skipTotal,
  startCounter,
  type TokenCounter,
  uncountedResponses,
} from './token-counter.js';
import type { Tokens } from './tokens.js';
import type { UsageRecord } from './usage-record.js';

/** Tokens that a session used at one time. */
export interface UsageEntry {
  /** In ms since 1970. */
  readonly time: number;
  readonly tokens: Tokens;
  /** As the CLI names it; `undefined` if the file does not say it. */
  readonly model: string | undefined;
  /** As `model_provider` of the CLI's configuration. */
  readonly provider: string | undefined;
  /** The folder of the turn. */
  readonly folder: string | undefined;
  /** The thread id, or the name of the file if it is not known. */
  readonly session: string;
}

/** Collects the tokens of one session file from its records. Records of copied history do not count. */
export class SessionReader {
  #session: string;
  #provider: string | undefined;
  #folder: string | undefined;
  #model: string | undefined;
  #position: HistoryPosition | undefined;
  #counter: TokenCounter = startCounter(false);
  readonly #onEntry: (entry: UsageEntry) => void;

  constructor(path: string, onEntry: (entry: UsageEntry) => void) {
    this.#session = basename(path).replace(/\.jsonl(?:\.zst)?$/, '');
    this.#onEntry = onEntry;
  }

  /** Takes the next record of the file. */
  next({ type, timestamp, payload }: UsageRecord): void {
    // Only within a copy, records without tokens matter: their times may end it.
    if (payload === undefined && !this.#isInherited) return;
    const isFirst = this.#position?.threadId === undefined;
    this.#position = followHistory(this.#position, { type, timestamp, payload });
    if (payload === undefined) return;
    if (type === 'session_meta' && isFirst) this.#takeMeta(payload);
    else if (type === 'turn_context') this.#takeContext(payload);
    else if (type === 'token_usage_record') this.#takeResponse(payload);
    else if (type === 'event_msg' && payload.type === 'token_count') this.#takeTotal(payload.info);
  }

  /** Takes the end of the file. */
  end(): void {
    this.#emit(uncountedResponses(this.#counter));
  }

  get #isInherited(): boolean {
    return this.#position?.isInherited === true;
  }

  #takeMeta(meta: NonNullable<UsageRecord['payload']>): void {
    const id = textOf(meta.id);
    if (id === undefined) return;
    this.#session = id;
    this.#provider = textOf(meta.model_provider);
    this.#folder = textOf(meta.cwd);
    this.#counter = startCounter(textOf(meta.forked_from_id) !== undefined);
  }

  #takeContext(context: NonNullable<UsageRecord['payload']>): void {
    this.#model = textOf(context.model) ?? this.#model;
    if (!this.#isInherited) this.#folder = textOf(context.cwd) ?? this.#folder;
  }

  #takeResponse(payload: NonNullable<UsageRecord['payload']>): void {
    const thread = textOf(payload.thread_id);
    if (this.#isInherited || (thread !== undefined && thread !== this.#session)) return;
    this.#counter = countResponse(this.#counter, payload.usage);
  }

  #takeTotal(info: unknown): void {
    if (this.#isInherited) {
      this.#counter = skipTotal(this.#counter, info);
      return;
    }
    const [counter, tokens] = countTotal(this.#counter, info);
    this.#counter = counter;
    this.#emit(tokens);
  }

  #emit(tokens: Tokens | undefined): void {
    if (tokens === undefined) return;
    this.#onEntry({
      time: this.#position?.time ?? 0,
      tokens,
      model: this.#model,
      provider: this.#provider,
      folder: this.#folder,
      session: this.#session,
    });
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
