import type { SandboxMode } from '@codex-rx/core';

/** The argument and the options of `codex-rx run`. */
export interface RunInput {
  readonly prompt: string;
  readonly cwd?: string | undefined;
  readonly sandbox?: SandboxMode | undefined;
  readonly model?: string | undefined;
  /** Milliseconds. */
  readonly timeout?: number | undefined;
  /** Milliseconds. */
  readonly idleTimeout?: number | undefined;
  readonly resume?: string | undefined;
  readonly skipGitRepoCheck?: true | undefined;
  readonly json?: true | undefined;
  readonly log?: string | undefined;
  readonly report?: string | undefined;
  readonly transport: 'exec' | 'app-server';
  readonly approvalPolicy?: 'untrusted' | 'on-request' | 'never' | undefined;
}
