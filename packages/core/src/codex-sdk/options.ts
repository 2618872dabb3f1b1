/** A value of `config.toml`. */
export type CodexConfigValue = string | number | boolean | CodexConfigValue[] | CodexConfigObject;

/** Settings of `config.toml`. */
export interface CodexConfigObject {
  [key: string]: CodexConfigValue;
}

/** Options of {@link Codex}. */
export interface CodexOptions {
  /** Path of the CLI. Default: `CODEX_BINARY`, an installed `@openai/codex`, or `codex` on `PATH`. */
  codexPathOverride?: string;
  /** URL of the API (`openai_base_url`). */
  baseUrl?: string;
  /** Key of the API, passed in the environment as `CODEX_API_KEY`. */
  apiKey?: string;
  /** Settings of `config.toml`, passed as `--config key=value`. */
  config?: CodexConfigObject;
  /** Raw `key=value` settings, after `config`. */
  configOverrides?: string[];
  /** The environment of the CLI. Without it, the CLI inherits that of this process. */
  env?: Record<string, string>;
}

/** When the CLI asks for approval; `codex exec` cannot ask. */
export type ApprovalMode = 'never' | 'on-request' | 'on-failure' | 'untrusted';

/** The permissions of the agent's commands. */
export type SandboxMode = 'read-only' | 'workspace-write' | 'danger-full-access';

/** How much the model reasons. */
export type ModelReasoningEffort = 'minimal' | 'low' | 'medium' | 'high' | 'xhigh' | 'max' | 'ultra' | 'persistent';

/** How the agent searches the web. */
export type WebSearchMode = 'disabled' | 'cached' | 'live';

/** Access program of OpenAI for security work. */
export type CyberAccessProgram = 'standard' | 'daybreak_blue' | 'daybreak_red';

/** Options of a {@link Thread}. */
export interface ThreadOptions {
  /** The model. */
  model?: string;
  /** Classification of the thread, stored when it is created. */
  threadSource?: string;
  /** The permissions of the agent's commands. */
  sandboxMode?: SandboxMode;
  /** The folder in which the agent works. Default: that of this process. */
  workingDirectory?: string;
  /** Allow a folder that is not a Git repository. Default `false`. */
  skipGitRepoCheck?: boolean;
  /** How much the model reasons. */
  modelReasoningEffort?: ModelReasoningEffort;
  /** Allow network access in the sandbox `workspace-write`. */
  networkAccessEnabled?: boolean;
  /** How the agent searches the web. */
  webSearchMode?: WebSearchMode;
  /** Whether the agent searches the web; `webSearchMode` takes precedence. */
  webSearchEnabled?: boolean;
  /** When the CLI asks for approval. */
  approvalPolicy?: ApprovalMode;
  /** More folders that the agent may write to. */
  additionalDirectories?: string[];
}

/** Options of one turn. */
export interface TurnOptions {
  /** Access program for this turn. */
  cyberAccessProgram?: CyberAccessProgram;
  /** JSON Schema of the answer. */
  outputSchema?: unknown;
  /** Cancels the turn. */
  signal?: AbortSignal;
}

/** A part of the input. */
export type UserInput = { type: 'text'; text: string } | { type: 'local_image'; path: string };

/** The input of a turn: a text, or texts and images. */
export type Input = string | UserInput[];
