// Generated from CLI 0.171.0 by `npm run protocol:generate`.

export interface RemoteControlClient {
  readonly appVersion?: string | null | undefined;
  readonly clientId: string;
  readonly deviceModel?: string | null | undefined;
  readonly deviceType?: string | null | undefined;
  readonly displayName?: string | null | undefined;
  readonly lastSeenAt?: number | null | undefined;
  readonly osVersion?: string | null | undefined;
  readonly platform?: string | null | undefined;
}

export type RemoteControlClientsListOrder = 'asc' | 'desc';

export interface RemoteControlClientsListParams {
  readonly cursor?: string | null | undefined;
  readonly environmentId: string;
  readonly limit?: number | null | undefined;
  readonly order?: RemoteControlClientsListOrder | null | undefined;
}

export interface RemoteControlClientsListResponse {
  readonly data: readonly RemoteControlClient[];
  readonly nextCursor?: string | null | undefined;
}

export interface RemoteControlClientsRevokeParams {
  readonly clientId: string;
  readonly environmentId: string;
}

export type RemoteControlClientsRevokeResponse = Readonly<Record<string, unknown>>;

export type RemoteControlConnectionStatus = 'disabled' | 'connecting' | 'connected' | 'errored';

export interface RemoteControlDisableParams {
  readonly ephemeral?: boolean | undefined;
}

export interface RemoteControlDisableResponse {
  readonly environmentId?: string | null | undefined;
  readonly installationId: string;
  readonly serverName: string;
  readonly status: RemoteControlConnectionStatus;
}

export interface RemoteControlEnableParams {
  readonly ephemeral?: boolean | undefined;
}

export interface RemoteControlEnableResponse {
  readonly environmentId?: string | null | undefined;
  readonly installationId: string;
  readonly serverName: string;
  readonly status: RemoteControlConnectionStatus;
}

export interface RemoteControlPairingStartParams {
  readonly manualCode?: boolean | undefined;
}

export interface RemoteControlPairingStartResponse {
  readonly environmentId: string;
  readonly expiresAt: number;
  readonly manualPairingCode?: string | null | undefined;
  readonly pairingCode: string;
}

export interface RemoteControlPairingStatusParams {
  readonly manualPairingCode?: string | null | undefined;
  readonly pairingCode?: string | null | undefined;
}

export interface RemoteControlPairingStatusResponse {
  readonly claimed: boolean;
}

/** Current remote-control connection status and remote identity exposed to clients. */
export interface RemoteControlStatusChangedNotification {
  readonly environmentId?: string | null | undefined;
  readonly installationId: string;
  readonly serverName: string;
  readonly status: RemoteControlConnectionStatus;
}

export interface RemoteControlStatusReadResponse {
  readonly environmentId?: string | null | undefined;
  readonly installationId: string;
  readonly serverName: string;
  readonly status: RemoteControlConnectionStatus;
}
