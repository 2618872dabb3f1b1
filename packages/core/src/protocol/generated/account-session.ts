// Generated from CLI 0.171.0 by `npm run protocol:generate`.

export interface AccountSession {
  readonly displayName?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly imageUrl?: string | null | undefined;
  readonly isActive: boolean;
  readonly lastUsedAt: number;
  readonly selectedWorkspaceAccountId?: string | null | undefined;
  readonly sessionId: string;
  readonly userId?: string | null | undefined;
  readonly workspaces: readonly AccountSessionWorkspace[];
}

export interface AccountSessionWorkspace {
  readonly accountId: string;
  readonly imageUrl?: string | null | undefined;
  readonly kind?: AccountSessionWorkspaceKind | null | undefined;
  readonly name?: string | null | undefined;
}

export type AccountSessionWorkspaceKind = 'personal' | 'workspace';

export interface AccountSessionsListParams {
  readonly refreshWorkspaceMetadata?: boolean | undefined;
}

export interface AccountSessionsResponse {
  readonly activeSessionId?: string | null | undefined;
  readonly sessions: readonly AccountSession[];
}

export interface AccountSessionsSwitchParams {
  /** Workspace to select within that login; this is not a user identifier. */
  readonly accountId: string;
  /** Allow Core to start browser sign-in if this session needs SSO for the workspace. */
  readonly allowBrowserLogin?: boolean | undefined;
  /** Opaque active-login identifier returned by accountSession/list. */
  readonly sessionId: string;
}

export type AccountSessionsSwitchResponse =
  | {
      readonly activeSessionId?: string | null | undefined;
      readonly sessions: readonly AccountSession[];
    }
  | {
      readonly auth_url: string;
      readonly login_id: string;
    };
