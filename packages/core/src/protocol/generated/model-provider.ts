// Generated from CLI 0.171.0 by `npm run protocol:generate`.

export interface AuthRecoveryNotification {
  readonly message: string;
  readonly provider: string;
  readonly threadId: string;
  readonly turnId: string;
}

export type BedrockProviderId = 'amazon-bedrock' | 'amazon-bedrock-runtime';

export type GatewayAuth =
  | {
      readonly mode: 'none';
    }
  | {
      readonly envKey: string;
      readonly mode: 'environmentVariable';
    }
  | {
      readonly envKey?: string | null | undefined;
      readonly mode: 'externallyConfigured';
    };

export type GcpProviderId = 'gcp';

export type ModelProviderCapabilitiesReadParams = Readonly<Record<string, unknown>>;

export interface ModelProviderCapabilitiesReadResponse {
  readonly imageGeneration: boolean;
  readonly webSearch: boolean;
}

export interface ModelProviderConfigWriteParams {
  readonly settings: ProviderSettingsPatch;
}

export interface ModelProviderConfigWriteResponse {
  readonly provider: ModelProviderSummary;
}

export interface ModelProviderDefaultSetParams {
  /** Configured provider to use by default for new threads and unscoped model lists. */
  readonly providerId: string;
}

export type ModelProviderListParams = Readonly<Record<string, unknown>>;

export interface ModelProviderListResponse {
  readonly canChangeDefault: boolean;
  readonly data: readonly ModelProviderSummary[];
  readonly defaultProviderId: string;
}

export interface ModelProviderSummary {
  /** Null when the endpoint is absent or cannot be safely displayed. */
  readonly baseUrl?: string | null | undefined;
  /** Whether a supported configuration field can be edited in the active user layer. */
  readonly canEdit: boolean;
  readonly id: string;
  readonly name: string;
  readonly settings: ProviderSettings;
}

export type ProviderSettings =
  | {
      readonly type: 'openai';
    }
  | {
      readonly auth: GatewayAuth;
      readonly type: 'customGateway';
    }
  | {
      readonly profile?: string | null | undefined;
      readonly region?: string | null | undefined;
      readonly type: 'bedrock';
    }
  | {
      /** Path on the app-server host, without credential-file contents. */
      readonly credentialFile?: string | null | undefined;
      readonly location?: string | null | undefined;
      readonly projectId?: string | null | undefined;
      readonly type: 'gcp';
    };

/** Omitted patch fields preserve their values. Explicit null clears a nullable field. */
export type ProviderSettingsPatch =
  | {
      readonly baseUrl?: string | null | undefined;
      readonly envKey?: string | null | undefined;
      readonly name?: string | undefined;
      /** Omit or pass null to allocate a new custom provider ID. */
      readonly providerId?: string | null | undefined;
      readonly type: 'customGateway';
    }
  | {
      readonly profile?: string | null | undefined;
      readonly providerId: BedrockProviderId;
      readonly region?: string | null | undefined;
      readonly type: 'bedrock';
    }
  | {
      readonly credentialFile?: string | null | undefined;
      readonly location?: string | null | undefined;
      readonly projectId?: string | null | undefined;
      readonly providerId: GcpProviderId;
      readonly type: 'gcp';
    };
