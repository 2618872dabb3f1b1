import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import zlib from 'node:zlib';

/** How a version of the CLI writes session files. */
export type FileStyle =
  /** CLI 0.47: totals of the process, no turn ids. A fork contains a copy of its origin. */
  | 'process'
  /** CLI 0.125: totals of the thread, which are repeated. A fork contains a copy of its origin. */
  | 'copy'
  /** CLI 0.150: a fork only refers to its origin, but continues its totals. */
  | 'reference'
  /** CLI 0.169: as `reference`, with a record of each response. */
  | 'responses';

export interface Counts {
  readonly input: number;
  readonly cached: number;
  readonly output: number;
  readonly reasoning: number;
}

/** A turn: the responses of the model, and whether the process started with it. */
export interface Turn {
  readonly responses: readonly Counts[];
  readonly model: string;
  readonly isResumed: boolean;
}

interface Line {
  readonly type: string;
  readonly payload: object;
}

const ZERO: Counts = { input: 0, cached: 0, output: 0, reasoning: 0 };
export const compress = (zlib as { zstdCompressSync?: (data: Uint8Array) => Buffer }).zstdCompressSync;

/** A session as the CLI would store it, and the tokens that its own responses used. */
export class GeneratedSession {
  readonly id: string;
  readonly lines: string[] = [];
  /** The tokens of each response of this session, without those that it inherited. */
  readonly used: { readonly model: string; readonly time: number; readonly counts: Counts }[] = [];
  #total: Counts = ZERO;
  readonly #style: FileStyle;
  readonly #clock: Clock;
  readonly #copied: Line[] = [];

  constructor(
    clock: Clock,
    style: FileStyle,
    options: { origin?: GeneratedSession; parent?: string; folder?: string } = {},
  ) {
    this.#clock = clock;
    this.#style = style;
    this.id = clock.uuid();
    const { origin, parent, folder = '/project' } = options;
    const isCopy = style === 'process' || style === 'copy';
    this.#add('session_meta', {
      id: this.id,
      cwd: folder,
      model_provider: 'openai',
      source: parent === undefined ? 'exec' : { subagent: { thread_spawn: { parent_thread_id: parent } } },
      base_instructions: { text: 'x'.repeat(2000) },
      ...(origin !== undefined && { forked_from_id: origin.id }),
    });
    if (origin === undefined) return;
    if (isCopy) for (const { type, payload } of origin.#copied) this.#add(type, payload);
    // In one go: the next record is later.
    clock.advance(1000);
    this.#total = origin.#total;
  }

  turn({ responses, model, isResumed }: Turn): void {
    const turnId = this.#clock.uuid();
    if (this.#style !== 'process') this.#message({ type: 'task_started', turn_id: turnId });
    this.#add('turn_context', { model, cwd: '/project' });
    if (this.#style === 'process' && isResumed) {
      this.#total = ZERO;
      this.#message({ type: 'token_count', info: null });
    }
    for (const counts of responses) {
      this.#add('response_item', {
        type: 'message',
        role: 'assistant',
        content: [{ type: 'output_text', text: '{"type":"token_count"}\u2028' }],
      });
      this.#total = sum(this.#total, counts);
      if (this.#style === 'responses') {
        this.#add('token_usage_record', {
          thread_id: this.id,
          usage: wire(counts),
          thread_token_usage: wire(this.#total),
        });
      }
      const info = { total_token_usage: wire(this.#total), last_token_usage: wire(counts) };
      this.#message({ type: 'token_count', info, rate_limits: {} });
      this.used.push({ model, time: this.#clock.now, counts });
      // A change of the rate limits repeats the record.
      if (this.#style === 'copy') this.#message({ type: 'token_count', info, rate_limits: { primary: 1 } });
    }
    if (this.#style !== 'process') this.#message({ type: 'task_complete', turn_id: turnId });
  }

  /** Damages lines whose tokens a later total contains. Returns the number of damaged lines. */
  damage(): number {
    const totals = this.lines.flatMap((line, index) => (line.includes('"total_token_usage"') ? [index] : []));
    const victims = totals.filter((index) => index % 3 === 0 && index !== totals.at(-1));
    for (const index of victims) this.lines[index] = (this.lines[index] ?? '').slice(0, 60);
    this.lines.splice(2, 0, '\u0000\u0000', 'not JSON', '[1, 2]');
    return victims.length + 3;
  }

  write(home: string, { archived = false, compressed = false } = {}): string {
    const folder = archived ? 'archived_sessions' : join('sessions', '2026', '11', '30');
    const name = `rollout-2026-11-30T10-00-00-${this.id}.jsonl`;
    const path = join(home, folder, compressed ? `${name}.zst` : name);
    mkdirSync(dirname(path), { recursive: true });
    const bytes = Buffer.from(`${this.lines.join('\n')}\n`);
    writeFileSync(path, compressed ? (compress?.(bytes) ?? bytes) : bytes);
    return path;
  }

  #message(payload: object): void {
    this.#add('event_msg', payload);
  }

  #add(type: string, payload: object): void {
    const timestamp = new Date(this.#clock.advance(1)).toISOString();
    this.#copied.push({ type, payload });
    this.lines.push(JSON.stringify({ timestamp, type, payload }));
  }
}

/** Time and the ids that contain it. */
export class Clock {
  now: number;
  #ids = 0;

  constructor(start = Date.UTC(2026, 10, 30, 10)) {
    this.now = start;
  }

  advance(ms: number): number {
    this.now += ms;
    return this.now;
  }

  uuid(): string {
    const time = this.advance(1).toString(16).padStart(12, '0');
    const end = (this.#ids++).toString(16).padStart(12, '0');
    return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${end}`;
  }
}

export function sum(a: Counts, b: Counts): Counts {
  return {
    input: a.input + b.input,
    cached: a.cached + b.cached,
    output: a.output + b.output,
    reasoning: a.reasoning + b.reasoning,
  };
}

function wire({ input, cached, output, reasoning }: Counts): object {
  return {
    input_tokens: input,
    cached_input_tokens: cached,
    output_tokens: output,
    reasoning_output_tokens: reasoning,
    total_tokens: input + output,
  };
}
