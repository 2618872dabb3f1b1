import type { Observable } from 'rxjs';
import type { OpenString } from '../events/items.js';
import type { RawLine } from '../events/raw-line.js';
import type { CliSurface } from './cli-surface.js';
import type { ImageData } from './image-data.js';
import type { Tool } from './tool-types.js';

export type { ImageData } from './image-data.js';

/** A value of `config.toml`. */
export type ConfigValue = string | number | boolean | Date | readonly ConfigValue[] | ConfigTable;
/** A table of `config.toml`; nested tables become dotted keys. */
export interface ConfigTable {
  readonly [key: string]: ConfigValue | undefined;
}

/** When the CLI asks for approval of a command. */
export type ApprovalPolicy = OpenString<'untrusted' | 'on-failure' | 'on-request' | 'never'>;
/**
 * The permissions of the agent's commands: `read-only`, `workspace-write` (writes in `workingDirectory` and `addDirs`,
 * no network) or `danger-full-access` (no sandbox).
 */
export type SandboxMode = OpenString<'read-only' | 'workspace-write' | 'danger-full-access'>;
/** `user` is the CLI's default, whom `codex exec` cannot ask. */
export type ApprovalsReviewer = OpenString<'user' | 'auto_review'>;
/** An experimental program of OpenAI for security work. */
export type CyberAccessProgram = OpenString<'standard' | 'daybreak_blue' | 'daybreak_red'>;
/** The server of a local model. */
export type LocalProvider = OpenString<'lmstudio' | 'ollama'>;
/** When the CLI colors its messages on stderr. */
export type ColorMode = 'auto' | 'always' | 'never';
/**
 * `full-auto` writes in the workspace without approvals; `bypass` disables the sandbox and overrides all other safety
 * options.
 */
export type Safety = 'inherit' | 'full-auto' | 'bypass';

/** Reasoning settings of the model. Each one overrides `config.toml`; unset ones keep its value. */
export interface ReasoningOverrides {
  /** How much the model reasons (`model_reasoning_effort`). */
  readonly effort?: OpenString<'none' | 'minimal' | 'low' | 'medium' | 'high' | 'xhigh'> | undefined;
  /** The length of the summaries in `reasoning` items (`model_reasoning_summary`). */
  readonly summary?: OpenString<'auto' | 'concise' | 'detailed' | 'none'> | undefined;
  /** The length of the answers (`model_verbosity`). */
  readonly verbosity?: OpenString<'low' | 'medium' | 'high'> | undefined;
  /** The format of the summaries (`model_reasoning_summary_format`). */
  readonly summaryFormat?: OpenString<'none' | 'experimental'> | undefined;
  /** Request summaries from a model that the CLI does not know (`model_supports_reasoning_summaries`). */
  readonly supportsSummaries?: boolean | undefined;
}

/** Options of a client and of each request. `false` in a request overrides the client's `true`. */
export interface CodexOptions {
  /**
   * Path or name of the CLI. Default: `CODEX_BINARY`, otherwise the native binary of an installed `@openai/codex`,
   * otherwise `codex` on `PATH`.
   */
  readonly binary?: string | undefined;
  /** Value of `CODEX_HOME`, relative to the host's working directory. Default: the value in the environment. */
  readonly codexHome?: string | undefined;
  /** Create `codexHome` (mode 0700) with its `conversations` and `logs` folders. Default `true`. */
  readonly createHomeDirs?: boolean | undefined;
  /**
   * The folder in which the agent works, relative to the host's working directory. Default: for `exec$` a new private
   * folder, which is removed after the run; for `resume$` and `fork$` the folder where the session started.
   */
  readonly workingDirectory?: string | undefined;
  /**
   * Allow `binary`, `codexHome`, `eventLog` and `outputLastMessage` inside a folder that the agent may write to.
   * Default: `false`, a `RequestError`.
   */
  readonly allowInWorkspace?: boolean | undefined;
  /** Variables to add to the environment; `undefined` removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Start from the host's environment. Default `true`. */
  readonly inheritEnv?: boolean | undefined;
  /** Milliseconds from spawn to the end of the turn. Default 120,000; 0 or `Infinity` for no limit. */
  readonly timeout?: number | undefined;
  /** Milliseconds for which the process may outlive its turn, counted from its last line. Default 8,000. */
  readonly linger?: number | undefined;
  /** Milliseconds between the steps of termination. Default 2,000. */
  readonly terminateGrace?: number | undefined;
  /** Longest line in bytes; a longer one becomes a `malformed` event. Default 16 MiB. */
  readonly maxLineBytes?: number | undefined;
  /** Also kill processes that the CLI leaves running after a completed turn. Default `false`. */
  readonly reapAfterTurn?: boolean | undefined;
  /** The model, such as `gpt-5.5`. Default: that of `config.toml`, otherwise that of the CLI. */
  readonly model?: string | undefined;
  /** Profile of `config.toml`; since CLI 0.150 the file `<name>.config.toml` of the Codex home. */
  readonly profile?: string | undefined;
  /** Settings of `config.toml` for this run. Tables of client and request are merged key by key. */
  readonly config?: ConfigTable | undefined;
  /** `key=value` arguments of `codex -c`, after `config`. Client first, then request. */
  readonly configOverrides?: readonly string[] | undefined;
  /** Effort, summaries and verbosity of the model. Client and request are merged field by field. */
  readonly reasoning?: ReasoningOverrides | undefined;
  /** Add reasoning settings for `gpt-5`, `gpt-5-*` and `gpt-5.1*`, unless the request has any. Default `true`. */
  readonly autoReasoningDefaults?: boolean | undefined;
  /**
   * `codex exec` cannot ask the user for approval: every value other than `never` is a `RequestError`, except
   * `on-request` with a reviewer model (`approvalsReviewer`, `approveForMe`).
   */
  readonly approvalPolicy?: ApprovalPolicy | undefined;
  /**
   * `auto_review`: a reviewer model approves or denies what the sandbox does not allow. Sets `approvalPolicy` to
   * `on-request`. CLI ≥ 0.144.
   */
  readonly approvalsReviewer?: ApprovalsReviewer | undefined;
  /** `approvalsReviewer: 'auto_review'` with the sandbox `workspace-write`. CLI ≥ 0.147. */
  readonly approveForMe?: boolean | undefined;
  /**
   * The permissions of the agent's commands. Default: `sandbox_mode` of `config.toml`, otherwise `read-only`, or
   * `workspace-write` in a folder that `config.toml` trusts.
   */
  readonly sandbox?: SandboxMode | undefined;
  /** A preset that disables or loosens the sandbox. `inherit` cancels the client's `safety`. */
  readonly safety?: Safety | undefined;
  /** Use a local model server instead of OpenAI. */
  readonly oss?: boolean | undefined;
  /** The server that `oss` uses. Default: that of `config.toml`. */
  readonly localProvider?: LocalProvider | undefined;
  /** Live web search. */
  readonly search?: boolean | undefined;
  /** Features to enable; client first, then request. */
  readonly enable?: readonly string[] | undefined;
  /** Features to disable; client first, then request. */
  readonly disable?: readonly string[] | undefined;
  /**
   * More folders that the agent may write to, relative to `workingDirectory` (without one, to the host's). Client
   * first, then request.
   */
  readonly addDirs?: readonly string[] | undefined;
  /** Work in a new Git worktree below `codexHome`, of the repository of `workingDirectory`. CLI ≥ 0.159. */
  readonly worktree?: boolean | undefined;
  /**
   * Save in `config.toml` that `workingDirectory` is trusted, for this run and all later ones: the CLI then uses the
   * settings, hooks and MCP servers of the project, also outside of the sandbox. CLI ≥ 0.169.
   */
  readonly trust?: boolean | undefined;
  /** Fail for keys of the configuration that this CLI version does not know. CLI ≥ 0.131. */
  readonly strictConfig?: boolean | undefined;
  /** Classification of new and forked threads, stored in their session files. CLI ≥ 0.150. */
  readonly threadSource?: string | undefined;
  /** Access program of OpenAI for security work. CLI ≥ 0.163. */
  readonly cyberAccessProgram?: CyberAccessProgram | undefined;
  /**
   * Run the turn on an app-server: `ws://host:port`, `wss://host:port` or `unix://path`. The server decides on all
   * options of the agent, and continues a turn whose run is unsubscribed. CLI ≥ 0.171.
   */
  readonly remote?: string | undefined;
  /** Name of the environment variable that contains the token for `remote`. */
  readonly remoteAuthTokenEnv?: string | undefined;
  /**
   * Flags of `codex exec` without an option, passed unchanged: `--flag` or `--flag=value`. Client first, then request.
   */
  readonly extraArgs?: readonly string[] | undefined;
  /** Colors in the CLI's messages on stderr. No effect on events. Default `never`. */
  readonly color?: ColorMode | undefined;
  /** Copy the CLI's stdout to the host's. Default `false`. */
  readonly mirrorStdout?: boolean | undefined;
  /** Copy the CLI's stderr to the host's. Default `false`. */
  readonly mirrorStderr?: boolean | undefined;
  /**
   * The commands and the version of the CLI, such as a value of `probeCapabilities$`. They decide which options it
   * lacks, and `codex --version` is not run. Default: those of a probe in this process, otherwise a table by version.
   */
  readonly capabilities?: CliSurface | undefined;
  /** Options that this CLI version lacks: error with a `CapabilityError` (default), or omit them with a notice. */
  readonly unsupported?: 'error' | 'omit' | undefined;
  /**
   * Functions of this program that the model may call, from `tool()`; client first, then request. They run without
   * approval. Over `codex exec` they need the package `@modelcontextprotocol/sdk`. CLI ≥ 0.98. Runs only.
   */
  readonly tools?: readonly Tool[] | undefined;
  /** Do not store the session: it cannot be resumed (CLI ≥ 0.110). Default `false`. Runs only. */
  readonly ephemeral?: boolean | undefined;
  /** Ignore the rules (`rules/*.rules`) for commands of the Codex home and the project (CLI ≥ 0.125). Runs only. */
  readonly ignoreRules?: boolean | undefined;
  /** Ignore `config.toml` of the Codex home; the login is still used (CLI ≥ 0.125). Runs only. */
  readonly ignoreUserConfig?: boolean | undefined;
  /** Error with a `DecodeError` for unknown and malformed lines. Default `false`. Runs only. */
  readonly strict?: boolean | undefined;
  /** Add the time at which each event was received, as `receivedAt` in ms since 1970. Default `false`. Runs only. */
  readonly receivedAt?: boolean | undefined;
}

/** One run of `codex exec`. */
export interface ExecRequest extends CodexOptions {
  /** The task. Written to the CLI's standard input: it does not appear in a process list. */
  readonly prompt: string;
  /** Paths of readable files, relative to the host's working directory, or images in memory. */
  readonly images?: readonly (string | ImageData)[] | undefined;
  /**
   * The shape of the answer: a JSON Schema, its path, or a schema of zod, ArkType, io-ts or another library that can be
   * converted to a JSON Schema. See `finalOutput()`.
   */
  readonly outputSchema?: object | string | undefined;
  /**
   * File for the final message, relative to the host's working directory. Folders are created, the file is replaced.
   */
  readonly outputLastMessage?: string | undefined;
  /** File to which the CLI's stdout is appended, byte for byte. Created with mode 0600. */
  readonly eventLog?: string | undefined;
  /** Allow runs outside of Git repositories. Default `true`; `false` for reviews, because there the CLI may hang. */
  readonly skipGitRepoCheck?: boolean | undefined;
  /** An operator on the raw lines before decoding, such as `teeLines('/var/log/app/run.jsonl')`. */
  readonly lines?: ((lines$: Observable<RawLine>) => Observable<RawLine>) | undefined;
  /** Kills the run; the Observable errors with an `AbortError` when its processes are gone. */
  readonly signal?: AbortSignal | undefined;
  /** While the last value is `true`, the CLI's stdout is not read. */
  readonly paused$?: Observable<boolean> | undefined;
}

/** Continues a thread with another prompt. */
export interface ResumeRequest extends ExecRequest {
  /** A thread id, a name, or the last session of the folder (`all`: of any folder). */
  readonly session: string | { readonly last: true; readonly all?: boolean | undefined };
  /** For sessions that do not exist: error with a `SessionError` (default), or start a new thread. */
  readonly onMissing?: 'error' | 'new' | undefined;
}

/** Continues a copy of a thread. */
export interface ForkRequest extends Omit<ExecRequest, 'prompt'> {
  /** The id or the name of the thread to copy. */
  readonly session: string;
  /** Without a prompt, the run completes after `thread.started`. */
  readonly prompt?: string | undefined;
}

/** The code to review: uncommitted changes, the changes since a branch, a commit, or what the prompt says. */
export type ReviewTarget =
  | { readonly uncommitted: true }
  | { readonly base: string }
  | { readonly commit: string; readonly title?: string | undefined }
  | { readonly prompt: string };

/** A review of code. */
export interface ReviewRequest extends Omit<ExecRequest, 'prompt'> {
  /** The Git repository to review. Required. */
  readonly workingDirectory?: string | undefined;
  /** The code to review. */
  readonly target: ReviewTarget;
}

/** A request of any kind: `command` selects it, by default `exec`. */
export type AnyRunRequest =
  | ({ readonly command?: 'exec' | undefined } & ExecRequest)
  | ({ readonly command: 'resume' } & ResumeRequest)
  | ({ readonly command: 'fork' } & ForkRequest)
  | ({ readonly command: 'review' } & ReviewRequest);
