// Generated from CLI 0.171.0 by `npm run protocol:generate`.

export type Account =
  | {
      readonly type: 'apiKey';
    }
  | {
      readonly email: string | null;
      readonly planType: PlanType;
      readonly type: 'chatgpt';
      /** Display name of the selected ChatGPT workspace, when available. */
      readonly workspaceName?: string | null | undefined;
    }
  | {
      readonly type: 'amazonBedrock';
      readonly usesCodexManagedCredentials?: boolean | undefined;
    }
  | {
      readonly type: 'gcp';
    };

export interface AccountLoginCompletedNotification {
  readonly error?: string | null | undefined;
  readonly loginId?: string | null | undefined;
  readonly onboardingEntrypoint?: DesktopOnboardingEntrypoint | null | undefined;
  readonly success: boolean;
}

/**
 * Sparse rolling rate-limit update.
 *
 * Clients should merge available values into the most recent `account/rateLimits/read` response or refetch that
 * snapshot. Nullable account metadata may be unavailable in a rolling update and does not clear a previously observed
 * value.
 */
export interface AccountRateLimitsUpdatedNotification {
  readonly rateLimits: RateLimitSnapshot;
}

/** Backend routing policy. Wire values match the accounts/check contract. */
export type AccountRoutingOverride = 'NO_CONSTRAINT' | 'us' | 'us_cr';

export interface AccountSecuritySetupAction {
  readonly label: string;
  readonly url: string;
}

export interface AccountSecuritySetupNotice {
  readonly accountId: string;
  readonly action: AccountSecuritySetupAction;
  readonly description: string;
  readonly title: string;
  readonly userId: string;
}

export interface AccountTokenUsageDailyBucket {
  readonly startDate: string;
  readonly tokens: number;
}

export interface AccountTokenUsageSummary {
  readonly currentStreakDays?: number | null | undefined;
  readonly lifetimeTokens?: number | null | undefined;
  readonly longestRunningTurnSec?: number | null | undefined;
  readonly longestStreakDays?: number | null | undefined;
  readonly peakDailyTokens?: number | null | undefined;
}

export type AccountUpdateReason = 'workspaceRoutingReady' | 'unknown';

export interface AccountUpdatedNotification {
  readonly authMode?: AuthMode | null | undefined;
  readonly planType?: PlanType | null | undefined;
  /** Set when initial routing discovery completes for the same authenticated owner. */
  readonly reason?: AccountUpdateReason | null | undefined;
}

export type AddCreditsNudgeCreditType = 'credits' | 'usage_limit';

export type AddCreditsNudgeEmailStatus = 'sent' | 'cooldown_active';

/** Authentication mode for OpenAI-backed providers. */
export type AuthMode =
  | 'apikey'
  | 'chatgpt'
  | 'chatgptAuthTokens'
  | 'headers'
  | 'agentIdentity'
  | 'personalAccessToken'
  | 'bedrockApiKey'
  | 'bedrockAccessKeys';

export type AwsCredentialType = 'accessKeys' | 'bedrockApiKey';

export interface BedrockAwsProfile {
  readonly name: string;
  readonly region?: string | null | undefined;
}

export type BedrockCheckGovCloudRequirementsParams = Readonly<Record<string, unknown>>;

/** Advisory check of the current Bedrock configuration after login or setup. */
export interface BedrockCheckGovCloudRequirementsResponse {
  /** Whether the active Bedrock authentication resolves to a GovCloud region. */
  readonly isGovCloud: boolean;
  /**
   * Whether GovCloud is selected and the managed requirements miss the baseline. A false value is not a general
   * certification of the network configuration.
   */
  readonly shouldWarn: boolean;
}

export type BedrockDiscoverParams = Readonly<Record<string, unknown>>;

export interface BedrockDiscoverResponse {
  readonly environmentCredentials: readonly BedrockEnvironmentCredential[];
  readonly profiles: readonly BedrockAwsProfile[];
}

export interface BedrockEnvironmentCredential {
  readonly region?: string | null | undefined;
  readonly type: AwsCredentialType;
}

export type BedrockSetupParams =
  | {
      readonly profile: string;
      readonly region: string;
      readonly type: 'profile';
    }
  | {
      readonly region: string;
      readonly type: 'environment';
    };

export type BedrockSetupResponse = Readonly<Record<string, unknown>>;

export interface CancelLoginAccountParams {
  readonly loginId: string;
}

export interface CancelLoginAccountResponse {
  readonly status: CancelLoginAccountStatus;
}

export type CancelLoginAccountStatus = 'canceled' | 'notFound';

export interface ChatgptAuthTokensRefreshParams {
  /**
   * Workspace/account identifier that Codex was previously using.
   *
   * Clients that manage multiple accounts/workspaces can use this as a hint to refresh the token for the correct
   * workspace.
   *
   * This may be `null` when the prior auth state did not include a workspace identifier (`chatgpt_account_id`).
   */
  readonly previousAccountId?: string | null | undefined;
  readonly reason: ChatgptAuthTokensRefreshReason;
}

export type ChatgptAuthTokensRefreshReason = 'unauthorized';

export interface ChatgptAuthTokensRefreshResponse {
  readonly accessToken: string;
  readonly chatgptAccountId: string;
  readonly chatgptPlanType?: string | null | undefined;
}

export type ConsumeAccountRateLimitResetCreditOutcome = 'reset' | 'nothingToReset' | 'noCredit' | 'alreadyRedeemed';

export interface ConsumeAccountRateLimitResetCreditParams {
  /** Opaque reset-credit identifier to redeem. When omitted, the backend selects the next available credit. */
  readonly creditId?: string | null | undefined;
  /**
   * Identifies one logical reset attempt. A UUID is recommended; reuse the same value when retrying that attempt.
   */
  readonly idempotencyKey: string;
}

export interface ConsumeAccountRateLimitResetCreditResponse {
  readonly outcome: ConsumeAccountRateLimitResetCreditOutcome;
}

export interface CreditsSnapshot {
  readonly balance?: string | null | undefined;
  readonly hasCredits: boolean;
  readonly unlimited: boolean;
}

export type DesktopOnboardingEntrypoint = 'life_sciences';

export type GatewayOAuthCancelResponse = Readonly<Record<string, unknown>>;

export interface GatewayOAuthChangedNotification {
  /** Authorization handoff, sent only to the connection that started login. */
  readonly authUrl?: string | null | undefined;
  readonly error?: string | null | undefined;
  /** Identifies the completed device login attempt. */
  readonly loginId?: string | null | undefined;
  readonly providerId: string;
  readonly status: GatewayOAuthStatus;
}

/** Authorize a configured provider without changing the default or any thread's provider. */
export interface GatewayOAuthLoginParams {
  /** Select device authorization when the server advertises support for it. */
  readonly deviceAuth?: boolean | undefined;
  /** Defaults to the current provider when omitted. */
  readonly modelProvider?: string | null | undefined;
}

export interface GatewayOAuthLoginResponse {
  readonly prompt?: GatewayOAuthPrompt | null | undefined;
}

export interface GatewayOAuthPrompt {
  readonly loginId: string;
  readonly userCode: string;
  readonly verificationUrl: string;
}

/** Read credential readiness for a configured provider without starting browser login. */
export interface GatewayOAuthReadParams {
  /** Defaults to the current provider when omitted. */
  readonly modelProvider?: string | null | undefined;
}

/** Current effective gateway policy and credential readiness; never contains credentials. */
export interface GatewayOAuthReadResponse {
  readonly error?: string | null | undefined;
  readonly providerId: string;
  readonly providerName: string;
  /** Whether the selected provider uses gateway OAuth, even when already signed in. */
  readonly required: boolean;
  /** Null when the effective provider does not use gateway OAuth. */
  readonly status?: GatewayOAuthStatus | null | undefined;
  /** Whether the administrator configured a device authorization endpoint. */
  readonly supportsDeviceAuth?: boolean | undefined;
}

export type GatewayOAuthStatus = 'notReady' | 'started' | 'succeeded' | 'failed';

export interface GcpSetupParams {
  /**
   * Absolute path to a credential file on the app-server host. Omit or pass `null` to clear the active user
   * configuration's override and use ADC. If another configuration layer would still supply a credential file, setup
   * fails without saving changes.
   */
  readonly credentialFile?: string | null | undefined;
  /** Vertex AI location. Omission or null selects `global`. */
  readonly location?: string | null | undefined;
  readonly projectId: string;
}

export type GcpSetupResponse = Readonly<Record<string, unknown>>;

export interface GetAccountParams {
  /**
   * When `true`, requests a proactive token refresh before returning.
   *
   * In managed auth mode this triggers the normal refresh-token flow. In external auth mode this flag is ignored.
   * Clients should refresh tokens themselves and call `account/login/start` with `chatgptAuthTokens`.
   */
  readonly refreshToken?: boolean | undefined;
}

/** Usage-read capabilities of the requesting client, never inferred from its experiment arm. */
export interface GetAccountRateLimitsParams {
  /**
   * Skip the separate reset-credit detail lookup for background usage polls. The usage response still includes the
   * available count; omitted/false preserves detailed reads.
   */
  readonly excludeResetCreditDetails?: boolean | undefined;
  /**
   * The client supports automatic Luna Reserve fallback. For eligible ChatGPT CLI users, allow the backend to record
   * experiment exposure after ordinary usage is blocked.
   */
  readonly supportsLunaReserve?: boolean | undefined;
}

export interface GetAccountRateLimitsResponse {
  /** Account associated with this usage snapshot, when supplied by the backend. */
  readonly accountId?: string | null | undefined;
  /**
   * Backend permission for ordinary included usage, validated against the active account. Null means unavailable;
   * clients must not infer recovery from percentages or reset times.
   */
  readonly ordinaryUsageAllowed?: boolean | null | undefined;
  readonly rateLimitResetCredits?: RateLimitResetCreditsSummary | null | undefined;
  /**
   * Optional backend-owned banner from the same usage read. Its nested keys retain the backend's snake_case contract;
   * an absent banner leaves the client's existing UI unchanged.
   */
  readonly rateLimitUpsell?: unknown;
  /** Backward-compatible single-bucket view; mirrors the historical payload. */
  readonly rateLimits: RateLimitSnapshot;
  /** Multi-bucket view keyed by metered `limit_id` (for example, `codex`). */
  readonly rateLimitsByLimitId?: Readonly<Record<string, RateLimitSnapshot>> | null | undefined;
}

export interface GetAccountResponse {
  readonly account?: Account | null | undefined;
  readonly requiresOpenaiAuth: boolean;
  /** ChatGPT user ID belonging to this account response, when available. */
  readonly userId?: string | null | undefined;
  readonly workspaceRouting?: WorkspaceRouting | null | undefined;
}

/**
 * Optional security reminder bound to the account that fetched it. Unavailable or ineligible accounts return no
 * notice; this read never changes account security.
 */
export interface GetAccountSecuritySetupResponse {
  readonly notice?: AccountSecuritySetupNotice | null | undefined;
}

export interface GetAccountTokenUsageParams {
  /** When present, read estimated usage for this thread instead of account-wide token activity. */
  readonly threadId?: string | null | undefined;
}

export interface GetAccountTokenUsageResponse {
  readonly dailyUsageBuckets?: readonly AccountTokenUsageDailyBucket[] | null | undefined;
  readonly summary: AccountTokenUsageSummary;
  /** Estimated usage when a thread was requested and its billing route is available. */
  readonly threadUsage?: ThreadUsage | null | undefined;
}

export interface GetWorkspaceMessagesResponse {
  /** Whether the workspace-message backend route is available for this client. */
  readonly featureEnabled: boolean;
  /** Active workspace messages returned by the backend. */
  readonly messages: readonly WorkspaceMessage[];
}

export type LoginAccountParams =
  | {
      readonly apiKey: string;
      readonly type: 'apiKey';
    }
  | {
      readonly appBrand?: LoginAppBrand | null | undefined;
      readonly codexStreamlinedLogin?: boolean | undefined;
      readonly type: 'chatgpt';
      readonly useHostedLoginSuccessPage?: boolean | undefined;
    }
  | {
      readonly type: 'chatgptDeviceCode';
    }
  | {
      /** Access token (JWT) supplied by the client. This token is used for backend API requests and email extraction. */
      readonly accessToken: string;
      /** Workspace/account identifier supplied by the client. */
      readonly chatgptAccountId: string;
      /**
       * Optional plan type supplied by the client.
       *
       * When `null`, Codex attempts to derive the plan type from access-token claims. If unavailable, the plan defaults
       * to `unknown`.
       */
      readonly chatgptPlanType?: string | null | undefined;
      readonly type: 'chatgptAuthTokens';
    }
  | {
      readonly apiKey: string;
      readonly region: string;
      readonly type: 'amazonBedrock';
    }
  | {
      readonly accessKeyId: string;
      readonly region: string;
      readonly secretAccessKey: string;
      readonly sessionToken?: string | null | undefined;
      readonly type: 'amazonBedrockAccessKeys';
    };

export type LoginAccountResponse =
  | {
      readonly type: 'apiKey';
    }
  | {
      /** URL the client should open in a browser to initiate the OAuth flow. */
      readonly authUrl: string;
      readonly loginId: string;
      readonly type: 'chatgpt';
    }
  | {
      readonly loginId: string;
      readonly type: 'chatgptDeviceCode';
      /** One-time code the user must enter after signing in. */
      readonly userCode: string;
      /** URL the client should open in a browser to complete device code authorization. */
      readonly verificationUrl: string;
    }
  | {
      readonly type: 'chatgptAuthTokens';
    }
  | {
      readonly type: 'amazonBedrock';
    };

export type LoginAppBrand = 'codex' | 'chatgpt';

export type LogoutAccountResponse = Readonly<Record<string, unknown>>;

export type PlanType =
  | 'free'
  | 'go'
  | 'plus'
  | 'pro'
  | 'prolite'
  | 'promax'
  | 'team'
  | 'self_serve_business_prolite'
  | 'self_serve_business_usage_based'
  | 'business'
  | 'ent26'
  | 'enterprise_cbp_automation'
  | 'enterprise_cbp_usage_based'
  | 'enterprise'
  | 'edu'
  | 'edu_plus'
  | 'edu_pro'
  | 'sci'
  | 'sci_plus'
  | 'unknown';

export type RateLimitReachedType =
  | 'rate_limit_reached'
  | 'workspace_owner_credits_depleted'
  | 'workspace_member_credits_depleted'
  | 'workspace_owner_usage_limit_reached'
  | 'workspace_member_usage_limit_reached';

export interface RateLimitResetCredit {
  /** Backend-provided display description for this credit, or `null` when unavailable. */
  readonly description?: string | null | undefined;
  /** Unix timestamp in seconds when the credit expires, or `null` if it does not expire. */
  readonly expiresAt?: number | null | undefined;
  /** Unix timestamp in seconds when the credit was granted. */
  readonly grantedAt: number;
  /** Opaque backend identifier for this reset credit. */
  readonly id: string;
  readonly resetType: RateLimitResetType;
  readonly status: RateLimitResetCreditStatus;
  /** Backend-provided display title for this credit, or `null` when unavailable. */
  readonly title?: string | null | undefined;
}

export type RateLimitResetCreditStatus = 'available' | 'redeeming' | 'redeemed' | 'unknown';

export interface RateLimitResetCreditsSummary {
  readonly availableCount: number;
  /**
   * Detail rows for available reset credits, when the backend provides them.
   *
   * `null` means only `availableCount` is known, while an empty array means details were fetched and no available
   * credits were returned. The backend may cap this list, so its length can be less than `availableCount`.
   */
  readonly credits?: readonly RateLimitResetCredit[] | null | undefined;
}

export type RateLimitResetType = 'codexRateLimits' | 'unknown';

export interface RateLimitSnapshot {
  readonly credits?: CreditsSnapshot | null | undefined;
  readonly individualLimit?: SpendControlLimitSnapshot | null | undefined;
  readonly limitId?: string | null | undefined;
  readonly limitName?: string | null | undefined;
  /** Normal model whose display name and reasoning options describe this quota alias. */
  readonly normalModelSlug?: string | null | undefined;
  readonly planType?: PlanType | null | undefined;
  readonly primary?: RateLimitWindow | null | undefined;
  readonly rateLimitReachedType?: RateLimitReachedType | null | undefined;
  readonly secondary?: RateLimitWindow | null | undefined;
  /** Backend-reported spend-control state. `None` is unavailable, not a sparse-update recovery. */
  readonly spendControlReached?: boolean | null | undefined;
}

export interface RateLimitWindow {
  readonly resetsAt?: number | null | undefined;
  readonly usedPercent: number;
  readonly windowDurationMins?: number | null | undefined;
}

export interface SendAddCreditsNudgeEmailParams {
  readonly creditType: AddCreditsNudgeCreditType;
}

export interface SendAddCreditsNudgeEmailResponse {
  readonly status: AddCreditsNudgeEmailStatus;
}

export interface SpendControlLimitSnapshot {
  readonly limit: string;
  readonly remainingPercent: number;
  readonly resetsAt: number;
  readonly used: string;
}

export interface ThreadUsage {
  readonly estimatedUsageCreditsMicros: number;
  readonly estimatedUsageUsdMicros?: number | null | undefined;
  readonly groups: readonly ThreadUsageBreakdownGroup[];
  /** Native dollar usage, independent of credit estimates. None means unknown, not zero. */
  readonly nativeUsageUsdMicros?: number | null | undefined;
  readonly threadId: string;
}

export interface ThreadUsageBreakdownGroup {
  readonly cachedInputTokens?: number | null | undefined;
  readonly estimatedUsageCreditsMicros: number;
  readonly inputTokens?: number | null | undefined;
  readonly model?: string | null | undefined;
  readonly netNewInputTokens?: number | null | undefined;
  readonly outputTokens?: number | null | undefined;
  readonly reasoningEffort?: string | null | undefined;
  readonly speed?: string | null | undefined;
  readonly totalTokens?: number | null | undefined;
}

export interface WorkspaceMessage {
  /** Unix timestamp (in seconds) when the message was archived. */
  readonly archivedAt?: number | null | undefined;
  /** Unix timestamp (in seconds) when the message was created. */
  readonly createdAt?: number | null | undefined;
  readonly messageBody: string;
  readonly messageId: string;
  readonly messageType: WorkspaceMessageType;
}

export type WorkspaceMessageType = 'headline' | 'announcement' | 'unknown';

export interface WorkspaceRouting {
  readonly accountRoutingOverride: AccountRoutingOverride;
  readonly backendOrigin: string;
  readonly chatgptAccountId: string;
}
