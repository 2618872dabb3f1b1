import type { Observable } from 'rxjs';
import type { EngineOptions } from '../engine/options.js';
import type { ThreadEvent } from '../events/events.js';
import type { RawLine } from '../events/raw-line.js';
import type { TurnResult, TurnResultOptions } from '../events/result/types.js';
import { type RunMethods, runMethods } from '../exec/run-methods.js';
import { mergeOptions } from '../request/merge.js';
import type {
  AnyRunRequest,
  CodexOptions,
  ExecRequest,
  ForkRequest,
  ResumeRequest,
  ReviewRequest,
} from '../request/types.js';
import type { RunNotification } from '../run/run-notification.js';
import { bindCommands, type CommandMethods } from './command-methods.js';
import { openEngine } from './engine.js';
import { type CodexThread, Thread, type ThreadClient, type ThreadOptions } from './thread.js';

/**
 * Runs and commands with default options. Immutable. Owns no process, except with the transport `app-server`: then it
 * closes its servers when they are idle, on `whenIdle()` and when the host exits.
 *
 * Commands on the same topic are grouped: `codex.auth`, `codex.cloud`, `codex.features`, `codex.mcp`. The same
 * functions without a client are exported by `@codex-rx/core/commands`.
 */
export interface Codex extends CommandMethods {
  /** The default options of each request. */
  readonly options: CodexOptions;
  /** Returns another client with `patch` merged over these options. */
  with(patch: CodexOptions): Codex;
  /** Runs a prompt on a new thread and emits its events, as {@link exec$} does. */
  exec$(request: ExecRequest): Observable<ThreadEvent>;
  /** Continues a thread with another prompt, as {@link resume$} does. */
  resume$(request: ResumeRequest): Observable<ThreadEvent>;
  /** Continues a copy of a thread, as {@link fork$} does. */
  fork$(request: ForkRequest): Observable<ThreadEvent>;
  /** Reviews the code of a Git repository, as {@link review$} does. */
  review$(request: ReviewRequest): Observable<ThreadEvent>;
  /** Emits the notifications of a run: its start, events, stderr and exit, as {@link run$} does. */
  run$(request: AnyRunRequest): Observable<RunNotification>;
  /** Emits the raw lines of a run, as {@link lines$} does. */
  lines$(request: AnyRunRequest): Observable<RawLine>;
  /** Emits the final message of a new thread's turn, as {@link sendPrompt$} does. */
  sendPrompt$(request: ExecRequest): Observable<string>;
  /** Runs a turn and emits its result in one value, as {@link runTurn$} does. */
  runTurn$(request: AnyRunRequest, options?: TurnResultOptions): Observable<TurnResult>;
  /**
   * Returns a thread with this client's options. Spawns nothing: the first turn starts the thread, or resumes the given
   * one; each later turn resumes it. One turn runs at a time.
   *
   * @example
   * ```ts
   * import { createCodex } from '@codex-rx/core';
   * import { concatMap } from 'rxjs';
   *
   * const codex = createCodex({ workingDirectory: '.', sandbox: 'read-only', timeout: 10 * 60_000 });
   * const thread = codex.thread();
   * thread
   *   .runTurn$('What does this project do?')
   *   .pipe(concatMap(() => thread.runTurn$('And how is it tested?')))
   *   .subscribe({
   *     next: ({ text, turnUsage }) => console.log(thread.id, text, turnUsage?.output_tokens),
   *     error: (error) => console.error(String(error)),
   *   });
   * ```
   *
   * @param id id or name of a thread to resume; a new thread without it
   */
  thread(id?: string, options?: ThreadOptions): CodexThread;
}

/**
 * Creates a client: default options for runs and commands.
 *
 * Each request is merged over the defaults: scalars replace, `undefined` keeps the default, `false` cancels a `true`.
 * Lists are concatenated, defaults first. `env`, `config` (at every depth) and `reasoning` are merged key by key:
 * `undefined` under a key of `env` removes that variable from the environment, under a key of `config` the default
 * setting.
 *
 * @example
 * ```ts
 * import { createCodex } from '@codex-rx/core';
 *
 * const codex = createCodex({ model: 'gpt-5.5', sandbox: 'read-only' });
 * const writing = codex.with({ sandbox: 'workspace-write' });
 * console.log(writing.options); // { model: 'gpt-5.5', sandbox: 'workspace-write' }
 * ```
 *
 * With `transport: 'app-server'` the runs of the client, and of those that `with` returns, share warm servers.
 * Requests, events and errors are the same.
 *
 * ```ts
 * import { createCodex } from '@codex-rx/core';
 * import { concatMap } from 'rxjs';
 *
 * const codex = createCodex({ workingDirectory: '.', sandbox: 'read-only' }, { transport: 'app-server' });
 * codex
 *   .runTurn$({ prompt: 'What does this project do?' })
 *   .pipe(concatMap(() => codex.runTurn$({ prompt: 'How is it tested?' })))
 *   .subscribe({ next: ({ text }) => console.log(text), error: (error) => console.error(String(error)) });
 * ```
 *
 * @param defaults options of every request
 * @param engine how runs reach the CLI
 * @returns an immutable client
 * @throws RequestError for an invalid option of `engine`
 */
export function createCodex(defaults: CodexOptions = {}, engine: EngineOptions = {}): Codex {
  return createClient(defaults, runMethods(openEngine(engine)));
}

function createClient(defaults: CodexOptions, run: RunMethods): Codex {
  const fill = <R extends CodexOptions>(request: R): R => mergeOptions(defaults, request);
  const threads: ThreadClient = {
    exec$: (request) => run.exec$(fill(request)),
    resume$: (request) => run.resume$(fill(request)),
    fork$: (request) => run.fork$(fill(request)),
  };
  return {
    ...bindCommands(fill),
    ...threads,
    options: defaults,
    with: (patch) => createClient(mergeOptions(defaults, patch), run),
    thread: (id, options) => new Thread(threads, options, { id }),
    review$: (request) => run.review$(fill(request)),
    run$: (request) => run.run$(fill(request)),
    lines$: (request) => run.lines$(fill(request)),
    sendPrompt$: (request) => run.sendPrompt$(fill(request)),
    runTurn$: (request, options) => run.runTurn$(fill(request), options),
  };
}
