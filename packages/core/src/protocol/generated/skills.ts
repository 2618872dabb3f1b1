// Generated from CLI 0.171.0 by `npm run protocol:generate`.

import type { AbsolutePathBuf, LegacyAppPathString, SkillInterface } from './shared.js';

export interface SkillDependencies {
  readonly tools: readonly SkillToolDependency[];
}

export interface SkillErrorInfo {
  readonly message: string;
  readonly path: string;
}

export interface SkillMetadata {
  readonly dependencies?: SkillDependencies | null | undefined;
  readonly description: string;
  readonly enabled: boolean;
  readonly interface?: SkillInterface | null | undefined;
  readonly name: string;
  readonly path: LegacyAppPathString;
  /** Owning plugin ID, matching `PluginSummary.id`, when known. */
  readonly pluginId?: string | null | undefined;
  readonly scope: SkillScope;
  /** Legacy short_description from SKILL.md. Prefer SKILL.json interface.short_description. */
  readonly shortDescription?: string | null | undefined;
}

export type SkillScope = 'user' | 'repo' | 'system' | 'admin';

export interface SkillToolDependency {
  readonly command?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly transport?: string | null | undefined;
  readonly type: string;
  readonly url?: string | null | undefined;
  readonly value: string;
}

/**
 * Notification emitted when watched local skill files change.
 *
 * Treat this as an invalidation signal and re-run `skills/list` with the client's current parameters when refreshed
 * skill metadata is needed.
 */
export type SkillsChangedNotification = Readonly<Record<string, unknown>>;

export interface SkillsConfigWriteParams {
  readonly enabled: boolean;
  /** Name-based selector. */
  readonly name?: string | null | undefined;
  /** Path-based selector. */
  readonly path?: AbsolutePathBuf | null | undefined;
}

export interface SkillsConfigWriteResponse {
  readonly effectiveEnabled: boolean;
}

export interface SkillsExtraRootsSetParams {
  readonly extraRoots: readonly AbsolutePathBuf[];
}

export type SkillsExtraRootsSetResponse = Readonly<Record<string, unknown>>;

export interface SkillsListEntry {
  readonly cwd: string;
  readonly errors: readonly SkillErrorInfo[];
  readonly skills: readonly SkillMetadata[];
}

export interface SkillsListParams {
  /** When empty, defaults to the current session working directory. */
  readonly cwds?: readonly string[] | undefined;
  /** When true, bypass the skills cache and re-scan skills from disk. */
  readonly forceReload?: boolean | undefined;
}

export interface SkillsListResponse {
  readonly data: readonly SkillsListEntry[];
}
