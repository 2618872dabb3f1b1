// Generated from CLI 0.171.0 by `npm run protocol:generate`.

import type { HookEventName, HookSource, LegacyAppPathString } from './shared.js';

export interface HookCompletedNotification {
  readonly run: HookRunSummary;
  readonly threadId: string;
  readonly turnId?: string | null | undefined;
}

export type HookExecutionMode = 'sync' | 'async';

export type HookHandlerType = 'command' | 'mcpTool' | 'prompt' | 'agent';

export interface HookOutputEntry {
  readonly kind: HookOutputEntryKind;
  readonly text: string;
}

export type HookOutputEntryKind = 'warning' | 'stop' | 'feedback' | 'context' | 'error';

export type HookRunStatus = 'running' | 'completed' | 'failed' | 'blocked' | 'stopped';

export interface HookRunSummary {
  readonly completedAt?: number | null | undefined;
  readonly displayOrder: number;
  readonly durationMs?: number | null | undefined;
  readonly entries: readonly HookOutputEntry[];
  readonly eventName: HookEventName;
  readonly executionMode: HookExecutionMode;
  readonly handlerType: HookHandlerType;
  readonly id: string;
  readonly scope: HookScope;
  readonly source?: HookSource | undefined;
  readonly sourcePath: LegacyAppPathString;
  readonly startedAt: number;
  readonly status: HookRunStatus;
  readonly statusMessage?: string | null | undefined;
}

export type HookScope = 'thread' | 'turn';

export interface HookStartedNotification {
  readonly run: HookRunSummary;
  readonly threadId: string;
  readonly turnId?: string | null | undefined;
}
