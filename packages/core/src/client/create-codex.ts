import type { Observable } from 'rxjs';
import type { ThreadEvent } from '../events/events.js';
import type { RawLine } from '../events/raw-line.js';
import { exec$ } from '../exec/exec.js';
import { fork$ } from '../exec/fork.js';
import { lines$ } from '../exec/lines.js';
import { resume$ } from '../exec/resume.js';
import { review$ } from '../exec/review.js';
import { run$ } from '../exec/run.js';
import { sendPrompt$ } from '../exec/send-prompt.js';
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

/**
 * Runs and commands with default options. Immutable; owns no process and no other resource.
 *
 * Commands on the same topic are grouped: `codex.auth`, `codex.cloud`, `codex.features`, `codex.mcp`. The same
 * functions without a client are exported by `@codex-rx/core/commands`.
 */
export interface Codex extends CommandMethods {
  readonly options: CodexOptions;
  /** Returns another client with `patch` merged over these options. */
  with(patch: CodexOptions): Codex;
  exec$(request: ExecRequest): Observable<ThreadEvent>;
  resume$(request: ResumeRequest): Observable<ThreadEvent>;
  fork$(request: ForkRequest): Observable<ThreadEvent>;
  review$(request: ReviewRequest): Observable<ThreadEvent>;
  run$(request: AnyRunRequest): Observable<RunNotification>;
  lines$(request: AnyRunRequest): Observable<RawLine>;
  sendPrompt$(request: ExecRequest): Observable<string>;
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
 * @param defaults options of every request
 * @returns an immutable client
 */
export function createCodex(defaults: CodexOptions = {}): Codex {
  const fill = <R extends CodexOptions>(request: R): R => mergeOptions(defaults, request);
  return {
    ...bindCommands(fill),
    options: defaults,
    with: (patch) => createCodex(mergeOptions(defaults, patch)),
    exec$: (request) => exec$(fill(request)),
    resume$: (request) => resume$(fill(request)),
    fork$: (request) => fork$(fill(request)),
    review$: (request) => review$(fill(request)),
    run$: (request) => run$(fill(request)),
    lines$: (request) => lines$(fill(request)),
    sendPrompt$: (request) => sendPrompt$(fill(request)),
  };
}
