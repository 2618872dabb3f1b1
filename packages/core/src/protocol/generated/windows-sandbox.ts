// Generated from CLI 0.171.0 by `npm run protocol:generate`.

import type { AbsolutePathBuf } from './shared.js';

export type WindowsSandboxReadiness = 'ready' | 'notConfigured' | 'updateRequired';

export interface WindowsSandboxReadinessResponse {
  readonly status: WindowsSandboxReadiness;
}

export interface WindowsSandboxSetupCompletedNotification {
  readonly error?: string | null | undefined;
  readonly mode: WindowsSandboxSetupMode;
  readonly success: boolean;
}

export type WindowsSandboxSetupMode = 'elevated' | 'unelevated';

export interface WindowsSandboxSetupStartParams {
  readonly cwd?: AbsolutePathBuf | null | undefined;
  readonly mode: WindowsSandboxSetupMode;
}

export interface WindowsSandboxSetupStartResponse {
  readonly started: boolean;
}
