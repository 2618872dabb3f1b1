// Generated from CLI 0.171.0 by `npm run protocol:generate`.

import type { AbsolutePathBuf, HookEventName, HookSource } from './shared.js';

export interface HookErrorInfo {
  readonly message: string;
  readonly path: string;
}

export type HookMetadata = {
  /** Configured `additionalContext` spill threshold. `null` uses 2,500 tokens; `0` disables spilling. */
  readonly additionalContextLimit?: number | null | undefined;
  readonly currentHash: string;
  readonly displayOrder: number;
  readonly enabled: boolean;
  /** The owning execution environment, if this hook came from its requirements. */
  readonly environmentId?: string | null | undefined;
  readonly eventName: HookEventName;
  readonly isManaged: boolean;
  readonly key: string;
  readonly matcher?: string | null | undefined;
  readonly pluginId?: string | null | undefined;
  readonly source: HookSource;
  readonly sourcePath: AbsolutePathBuf;
  readonly statusMessage?: string | null | undefined;
  readonly timeoutSec: number;
  readonly trustStatus: HookTrustStatus;
} & (
  | {
      readonly async?: boolean | undefined;
      readonly command: string;
      readonly handlerType: 'command';
    }
  | {
      readonly handlerType: 'mcpTool';
      readonly server: string;
      readonly tool: string;
    }
  | {
      readonly handlerType: 'prompt';
    }
  | {
      readonly handlerType: 'agent';
    }
);

export type HookTrustStatus = 'managed' | 'untrusted' | 'trusted' | 'modified';

export interface HooksListEntry {
  readonly cwd: string;
  readonly errors: readonly HookErrorInfo[];
  readonly hooks: readonly HookMetadata[];
  readonly warnings: readonly string[];
}

export interface HooksListParams {
  /** Working directories to inspect when no thread is specified. An empty list uses the session cwd. */
  readonly cwds?: readonly string[] | undefined;
  /** List a loaded thread's hooks, including its selected environments. Omit `cwds` in this mode. */
  readonly threadId?: string | null | undefined;
}

export interface HooksListResponse {
  readonly data: readonly HooksListEntry[];
}
