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
 * The functions of this package with defaults of their own: runs, and every one-shot command, such as `codex.features$()`. Immutable; holds no
 * process and no other resource.
 */
export interface Codex extends CommandMethods {
  readonly options: CodexOptions;
  /** A client with these options over its own. This one is not changed. */
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
 * A client: nothing but defaults. Scalars of a request replace the client's, lists are concatenated (client first), `env`, `config` and
 * `reasoning` are merged key by key, `false` cancels.
 *
 * @example
 * ```ts
 * import { createCodex } from '@codex-rx/core';
 *
 * const codex = createCodex({ model: 'gpt-5.5', sandbox: 'read-only' });
 * const writing = codex.with({ sandbox: 'workspace-write' });
 * console.log(writing.options); // { model: 'gpt-5.5', sandbox: 'workspace-write' }
 * ```
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
