import type { Observable } from 'rxjs';
import type { OpenString } from '../events/items.js';
import type { RawLine } from '../events/raw-line.js';

/** A value of `config.toml`. */
export type ConfigValue = string | number | boolean | Date | readonly ConfigValue[] | ConfigTable;
/** A table of `config.toml`; nested tables become dotted keys. */
export interface ConfigTable {
  readonly [key: string]: ConfigValue | undefined;
}

export type ApprovalPolicy = OpenString<'untrusted' | 'on-failure' | 'on-request' | 'never'>;
export type SandboxMode = OpenString<'read-only' | 'workspace-write' | 'danger-full-access'>;
export type LocalProvider = OpenString<'lmstudio' | 'ollama'>;
export type ColorMode = 'auto' | 'always' | 'never';
/** `full-auto` writes in the workspace and asks nothing; `bypass` takes all bars away and beats every other safety option. */
export type Safety = 'inherit' | 'full-auto' | 'bypass';

export interface ReasoningOverrides {
  readonly effort?: OpenString<'none' | 'minimal' | 'low' | 'medium' | 'high' | 'xhigh'> | undefined;
  readonly summary?: OpenString<'auto' | 'concise' | 'detailed' | 'none'> | undefined;
  readonly verbosity?: OpenString<'low' | 'medium' | 'high'> | undefined;
  readonly summaryFormat?: OpenString<'none' | 'experimental'> | undefined;
  readonly supportsSummaries?: boolean | undefined;
}

/** What a client and each of its requests may set. Every field is optional; `false` cancels a client's `true`. */
export interface CodexOptions {
  /** Path or name of the CLI. Default: `CODEX_BINARY`, else the native binary of an installed `@openai/codex`, else `codex` on `PATH`. */
  readonly binary?: string | undefined;
  /** Passed on as `CODEX_HOME`. Relative to the host's working directory. Default: what the environment says. */
  readonly codexHome?: string | undefined;
  /** Create `codexHome` (mode 0700) with its `conversations` and `logs` folders. Default `true`. */
  readonly createHomeDirs?: boolean | undefined;
  /** Default for runs: a fresh temporary folder, removed when the run is over. An agent that was given no folder touches none. */
  readonly workingDirectory?: string | undefined;
  /** Allow a `binary` and a `codexHome` inside a folder that the sandbox lets the agent write to. Default: `false`, a `RequestError`. */
  readonly allowInWorkspace?: boolean | undefined;
  /** Added to the environment; `undefined` removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Start from the host's environment. Default `true`. */
  readonly inheritEnv?: boolean | undefined;
  /** Milliseconds from spawn to the terminal event. Default 120,000; 0 or `Infinity`: none. */
  readonly timeout?: number | undefined;
  /** Milliseconds that the process may outlive its turn; restarted by each line. Default 8,000. */
  readonly linger?: number | undefined;
  /** Milliseconds between the steps of termination. Default 2,000. */
  readonly terminateGrace?: number | undefined;
  /** Longest line in bytes; a longer one becomes a `malformed` event. Default 16 MiB. */
  readonly maxLineBytes?: number | undefined;
  /** Also end what the CLI leaves running after a finished turn. Default `false`. */
  readonly reapAfterTurn?: boolean | undefined;
  readonly model?: string | undefined;
  readonly profile?: string | undefined;
  /** Settings of `config.toml` for this run. Tables of client and request are merged key by key. */
  readonly config?: ConfigTable | undefined;
  /** `key=value` as for `codex -c`, after `config`. Client first, then request. */
  readonly configOverrides?: readonly string[] | undefined;
  readonly reasoning?: ReasoningOverrides | undefined;
  /** Reasoning settings that fit `gpt-5`, `gpt-5-*` and `gpt-5.1*`, unless any are given. Default `true`. */
  readonly autoReasoningDefaults?: boolean | undefined;
  /** A run never asks: anything but `never` is a `RequestError`. */
  readonly approvalPolicy?: ApprovalPolicy | undefined;
  readonly sandbox?: SandboxMode | undefined;
  readonly safety?: Safety | undefined;
  readonly oss?: boolean | undefined;
  readonly localProvider?: LocalProvider | undefined;
  /** Live web search. */
  readonly search?: boolean | undefined;
  /** Features to switch on; client first, then request. */
  readonly enable?: readonly string[] | undefined;
  readonly disable?: readonly string[] | undefined;
  /** More folders that the agent may write to; client first, then request. */
  readonly addDirs?: readonly string[] | undefined;
  readonly color?: ColorMode | undefined;
  /** Copy the CLI's standard output to the host's. Default `false`. */
  readonly mirrorStdout?: boolean | undefined;
  /** `false` copies the CLI's standard error to the host's. Default `true`. */
  readonly mirrorStderr?: boolean | undefined;
  /** An option that this CLI version does not know: a `CapabilityError` before spawning (default), or left out with a notice. */
  readonly unsupported?: 'error' | 'omit' | undefined;
}

/** One run of `codex exec`. */
export interface ExecRequest extends CodexOptions {
  readonly prompt: string;
  /** Paths of files, relative to the host's working directory. One that cannot be read is a `RequestError`. */
  readonly images?: readonly string[] | undefined;
  /** A JSON Schema (written to a private temporary file), or a path to one. */
  readonly outputSchema?: object | string | undefined;
  /** Where the CLI writes the final message. Relative to the host's working directory; folders are created. */
  readonly outputLastMessage?: string | undefined;
  /** Appends the CLI's standard output, byte for byte, to this file. */
  readonly eventLog?: string | undefined;
  readonly ephemeral?: boolean | undefined;
  readonly ignoreRules?: boolean | undefined;
  readonly ignoreUserConfig?: boolean | undefined;
  /** Run outside of Git repositories, too. Default `true`; for reviews `false`, as outside of one the CLI may never end the turn. */
  readonly skipGitRepoCheck?: boolean | undefined;
  /** An operator on the raw lines, before decoding, such as `teeLines('run.jsonl')`. */
  readonly lines?: ((lines$: Observable<RawLine>) => Observable<RawLine>) | undefined;
  /** Unknown and malformed lines end the run with a `DecodeError`. */
  readonly strict?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /** While it says `true`, the CLI's standard output is not read. */
  readonly paused$?: Observable<boolean> | undefined;
}

export interface ResumeRequest extends ExecRequest {
  /** An id, a name, or the last one (`all`: of any folder). */
  readonly session: string | { readonly last: true; readonly all?: boolean | undefined };
  /** What to do when there is no such session. Default `error`: a `SessionError`. */
  readonly onMissing?: 'error' | 'new' | undefined;
}

export interface ForkRequest extends Omit<ExecRequest, 'prompt'> {
  readonly session: string;
  /** Without one the run ends after `thread.started`. */
  readonly prompt?: string | undefined;
}

export type ReviewTarget =
  | { readonly uncommitted: true }
  | { readonly base: string }
  | { readonly commit: string; readonly title?: string | undefined }
  | { readonly prompt: string };

export interface ReviewRequest extends Omit<ExecRequest, 'prompt'> {
  /** The Git repository; a review needs one. */
  readonly workingDirectory?: string | undefined;
  readonly target: ReviewTarget;
}

export type AnyRunRequest =
  | ({ readonly command?: 'exec' | undefined } & ExecRequest)
  | ({ readonly command: 'resume' } & ResumeRequest)
  | ({ readonly command: 'fork' } & ForkRequest)
  | ({ readonly command: 'review' } & ReviewRequest);
