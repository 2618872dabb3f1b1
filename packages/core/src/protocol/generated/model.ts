// Generated from CLI 0.171.0 by `npm run protocol:generate`.

import type { CyberAccessProgram, ReasoningEffort } from './shared.js';

/** Canonical user-input modality tags advertised by a model. */
export type InputModality = 'text' | 'image' | 'audio';

export interface Model {
  /** Deprecated: use `serviceTiers` instead. */
  readonly additionalSpeedTiers?: readonly string[] | undefined;
  readonly availabilityNux?: ModelAvailabilityNux | null | undefined;
  /** Null when the catalog does not provide access-program metadata. */
  readonly availableAccessPrograms?: ModelAccessPrograms | null | undefined;
  readonly defaultReasoningEffort: ReasoningEffort;
  /** Catalog default service tier id for this model, when one is configured. */
  readonly defaultServiceTier?: string | null | undefined;
  readonly description: string;
  readonly displayName: string;
  readonly hidden: boolean;
  readonly id: string;
  readonly inputModalities?: readonly InputModality[] | undefined;
  readonly isDefault: boolean;
  readonly model: string;
  readonly modelSpecialty?: string | null | undefined;
  /** Multi-agent runtime declared by this model, when available. */
  readonly multiAgentVersion?: MultiAgentVersion | null | undefined;
  readonly serviceTiers?: readonly ModelServiceTier[] | undefined;
  readonly supportedReasoningEfforts: readonly ReasoningEffortOption[];
  /** @deprecated Always false; models no longer support personality selection. */
  readonly supportsPersonality?: boolean | undefined;
  readonly upgrade?: string | null | undefined;
  readonly upgradeInfo?: ModelUpgradeInfo | null | undefined;
}

/** Caller-specific explicit access programs advertised by model discovery. */
export interface ModelAccessPrograms {
  /** Accepted explicit selections. */
  readonly cyber: readonly CyberAccessProgram[];
}

export interface ModelAvailabilityNux {
  readonly message: string;
}

export interface ModelListParams {
  /** Opaque pagination cursor returned by a previous call. */
  readonly cursor?: string | null | undefined;
  /** When true, include models that are hidden from the default picker list. */
  readonly includeHidden?: boolean | null | undefined;
  /** Optional page size; defaults to a reasonable server-side value. */
  readonly limit?: number | null | undefined;
  /** List models for this configured provider instead of the app-server default. */
  readonly modelProvider?: string | null | undefined;
}

export interface ModelListResponse {
  readonly data: readonly Model[];
  /**
   * Opaque cursor to pass to the next call to continue after the last item. If None, there are no more items to
   * return.
   */
  readonly nextCursor?: string | null | undefined;
}

export type ModelRerouteReason = 'highRiskCyberActivity';

export interface ModelReroutedNotification {
  readonly fromModel: string;
  readonly reason: ModelRerouteReason;
  readonly threadId: string;
  readonly toModel: string;
  readonly turnId: string;
}

export interface ModelSafetyBufferingUpdatedNotification {
  readonly fasterModel?: string | null | undefined;
  readonly model: string;
  readonly reasons: readonly string[];
  readonly showBufferingUi: boolean;
  readonly threadId: string;
  readonly turnId: string;
  readonly useCases: readonly string[];
}

export interface ModelServiceTier {
  readonly description: string;
  readonly id: string;
  readonly name: string;
}

export interface ModelUpgradeInfo {
  readonly migrationMarkdown?: string | null | undefined;
  readonly model: string;
  readonly modelLink?: string | null | undefined;
  /** Informational Unix timestamp for this upgrade's scheduled retirement, if known. */
  readonly retirementAt?: number | null | undefined;
  readonly upgradeCopy?: string | null | undefined;
}

export type ModelVerification = 'trustedAccessForCyber';

export interface ModelVerificationNotification {
  readonly threadId: string;
  readonly turnId: string;
  readonly verifications: readonly ModelVerification[];
}

/** Multi-agent runtime supported by a model. */
export type MultiAgentVersion = 'disabled' | 'v1' | 'v2';

export interface ReasoningEffortOption {
  readonly description: string;
  readonly reasoningEffort: ReasoningEffort;
}
