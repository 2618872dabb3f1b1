import { filter, map, type Observable } from 'rxjs';
import { RequestError } from '../errors/index.js';
import type { RawLine } from '../events/raw-line.js';
import type { AnyRunRequest } from '../request/types.js';
import { linesOf$, observeExec$ } from '../run/observe-run.js';
import { withOwnArgv } from '../run/own-argv.js';
import { officialArgv } from './argv.js';
import type { ThreadEvent, ThreadItem, Usage } from './events.js';
import { iterate } from './iterate.js';
import type { CodexOptions, Input, ThreadOptions, TurnOptions } from './options.js';

/** A completed turn. */
export interface Turn {
  /** The completed items. */
  items: ThreadItem[];
  /** The last message of the agent. */
  finalResponse: string;
  /** Tokens of the thread, as the CLI reports them. */
  usage: Usage | null;
}

/** The result of {@link Thread.run}. */
export type RunResult = Turn;

/** A turn as it happens. */
export interface StreamedTurn {
  /** The events; leaving the loop ends the turn and all processes that it started. */
  events: AsyncGenerator<ThreadEvent>;
}

/** The result of {@link Thread.runStreamed}. */
export type RunStreamedResult = StreamedTurn;

/** The parts of a thread. */
export interface ThreadContext {
  readonly client: CodexOptions;
  readonly options: ThreadOptions;
  readonly id: string | null;
}

/**
 * A conversation with the agent. Its API is that of the official SDK; its runs are those of this package: errors are
 * `CodexError`s, and a turn that ends early leaves no process.
 */
export class Thread {
  readonly #client: CodexOptions;
  readonly #options: ThreadOptions;
  #id: string | null;

  /** @internal */
  constructor({ client, options, id }: ThreadContext) {
    this.#client = client;
    this.#options = options;
    this.#id = id;
  }

  /** The id of the thread; `null` until its first turn has started. */
  get id(): string | null {
    return this.#id;
  }

  /**
   * Runs a turn and resolves to its events. The turn starts with the first request for an event.
   *
   * @param input a text, or texts and images
   */
  runStreamed(input: Input, turnOptions: TurnOptions = {}): Promise<StreamedTurn> {
    return Promise.resolve({ events: this.#events(input, turnOptions) });
  }

  /**
   * Runs a turn and resolves to its result. Rejects like `exec$` errors: with a `TurnFailedError` whose message is that
   * of the failed turn, an `ExitError`, an `AbortError`, ….
   *
   * @param input a text, or texts and images
   */
  async run(input: Input, turnOptions: TurnOptions = {}): Promise<Turn> {
    const turn: Turn = { items: [], finalResponse: '', usage: null };
    for await (const event of this.#events(input, turnOptions)) {
      if (event.type === 'turn.completed') turn.usage = event.usage;
      if (event.type !== 'item.completed') continue;
      turn.items.push(event.item);
      if (event.item.type === 'agent_message') turn.finalResponse = event.item.text;
    }
    return turn;
  }

  async *#events(input: Input, turn: TurnOptions): AsyncGenerator<ThreadEvent> {
    const { prompt, images } = normalizeInput(input);
    const request = this.#request(prompt, images, turn);
    for await (const event of iterate((paused$) => events$({ ...request, paused$ }))) {
      if (event.type === 'thread.started') this.#id = event.thread_id;
      yield event;
    }
  }

  #request(prompt: string, images: readonly string[], turn: TurnOptions): AnyRunRequest {
    const { apiKey, codexPathOverride, env } = this.#client;
    const { sandboxMode, workingDirectory = process.cwd(), additionalDirectories } = this.#options;
    const threadId = this.#id;
    const base = {
      prompt,
      images,
      workingDirectory,
      outputSchema: checkSchema(turn.outputSchema),
      signal: turn.signal,
      binary: codexPathOverride,
      sandbox: sandboxMode,
      addDirs: additionalDirectories,
      inheritEnv: env === undefined,
      env: environment(env ?? {}, apiKey),
      // The official SDK has no limit of time, and no check of folders.
      timeout: 0,
      allowInWorkspace: true,
    };
    const request: AnyRunRequest = threadId === null ? base : { ...base, command: 'resume', session: threadId };
    const context = { client: this.#client, thread: this.#options, turn, threadId, images };
    return withOwnArgv(request, (paths) => officialArgv(context, paths));
  }
}

/** A string would be the path of a file. */
function checkSchema(schema: unknown): object | undefined {
  if (schema === undefined || (typeof schema === 'object' && schema !== null && !Array.isArray(schema))) return schema;
  throw new RequestError('outputSchema', '', 'outputSchema must be a plain JSON object');
}

const ORIGINATOR = 'CODEX_INTERNAL_ORIGINATOR_OVERRIDE';

function environment(env: Readonly<Record<string, string>>, apiKey: string | undefined): Record<string, string> {
  const inherited = process.env[ORIGINATOR];
  const originator = env[ORIGINATOR] ?? (inherited === undefined || inherited === '' ? 'codex_sdk_ts' : inherited);
  return { ...env, [ORIGINATOR]: originator, ...(apiKey !== undefined && apiKey !== '' && { CODEX_API_KEY: apiKey }) };
}

function normalizeInput(input: Input): { readonly prompt: string; readonly images: readonly string[] } {
  if (typeof input === 'string') return { prompt: input, images: [] };
  const texts = input.flatMap((part) => (part.type === 'text' ? [part.text] : []));
  const images = input.flatMap((part) => (part.type === 'local_image' ? [part.path] : []));
  return { prompt: texts.join('\n\n'), images };
}

/** Emits the events as the CLI writes them. Skips lines that are not events, at which the official SDK throws. */
function events$(request: AnyRunRequest): Observable<ThreadEvent> {
  return linesOf$(observeExec$, request).pipe(
    map(parseEvent),
    filter((event) => event !== undefined),
  );
}

function parseEvent(line: RawLine): ThreadEvent | undefined {
  try {
    const event = JSON.parse(typeof line === 'string' ? line : '') as ThreadEvent | null;
    if (typeof event !== 'object' || event === null || typeof event.type !== 'string') return undefined;
    if (event.type === 'turn.completed') addMissingCount(event);
    return event;
  } catch {
    return undefined;
  }
}

/** CLI ≤ 0.147 does not report it. */
function addMissingCount(event: { usage?: Partial<Usage> | null }): void {
  if (typeof event.usage === 'object' && event.usage !== null) event.usage.cache_write_input_tokens ??= 0;
}
