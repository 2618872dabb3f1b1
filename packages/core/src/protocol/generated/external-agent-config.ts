// Generated from CLI 0.171.0 by `npm run protocol:generate`.

export interface CommandMigration {
  readonly name: string;
}

export interface ExternalAgentConfigDetectParams {
  /** Zero or more working directories to include for repo-scoped detection. */
  readonly cwds?: readonly string[] | null | undefined;
  /** If true, include detection under the user's home directory. */
  readonly includeHome?: boolean | undefined;
  /** Maximum age in days for detected sessions. Missing values use the default limit. */
  readonly maxSessionAgeDays?: number | null | undefined;
  /** Maximum number of sessions to detect. Missing values use the default limit. */
  readonly maxSessions?: number | null | undefined;
  /** Optional migration-source selector. Missing or unrecognized values use the default source. */
  readonly migrationSource?: string | null | undefined;
  /**
   * Deprecated field retained for compatibility. This field is ignored; use `migrationSource` to select the migration
   * source.
   */
  readonly source?: string | null | undefined;
}

export interface ExternalAgentConfigDetectResponse {
  readonly connectors?: readonly ExternalAgentDetectedConnectorCandidate[] | undefined;
  readonly items: readonly ExternalAgentConfigMigrationItem[];
}

export interface ExternalAgentConfigImportCompletedNotification {
  readonly importId: string;
  readonly itemTypeResults: readonly ExternalAgentConfigImportTypeResult[];
}

export interface ExternalAgentConfigImportHistoriesReadResponse {
  readonly connectors: readonly ExternalAgentImportedConnectorCandidate[];
  readonly data: readonly ExternalAgentConfigImportHistory[];
}

export interface ExternalAgentConfigImportHistory {
  readonly completedAtMs: number;
  readonly failures: readonly ExternalAgentConfigImportItemTypeFailure[];
  readonly importId: string;
  readonly providerId?: string | null | undefined;
  readonly successes: readonly ExternalAgentConfigImportItemTypeSuccess[];
}

export interface ExternalAgentConfigImportHistoryRecordParams {
  /** Completed results grouped by imported item type. */
  readonly itemTypeResults: readonly ExternalAgentConfigImportHistoryRecordTypeResultParams[];
  /** Opaque provider identifier for the externally completed import. */
  readonly providerId: string;
}

export interface ExternalAgentConfigImportHistoryRecordResponse {
  readonly importId: string;
}

export interface ExternalAgentConfigImportHistoryRecordSuccessParams {
  readonly cwd?: string | null | undefined;
  readonly itemType: ExternalAgentConfigMigrationItemType;
  readonly source?: string | null | undefined;
  readonly target?: string | null | undefined;
  /** Original title for an imported session, when available. */
  readonly title?: string | null | undefined;
}

export interface ExternalAgentConfigImportHistoryRecordTypeResultParams {
  readonly failures: readonly ExternalAgentConfigImportItemTypeFailure[];
  readonly itemType: ExternalAgentConfigMigrationItemType;
  readonly successes: readonly ExternalAgentConfigImportHistoryRecordSuccessParams[];
}

export interface ExternalAgentConfigImportItemTypeFailure {
  readonly cwd?: string | null | undefined;
  readonly errorType?: string | null | undefined;
  readonly failureStage: string;
  readonly itemType: ExternalAgentConfigMigrationItemType;
  readonly message: string;
  readonly source?: string | null | undefined;
  readonly subErrorType?: string | null | undefined;
}

export interface ExternalAgentConfigImportItemTypeSuccess {
  readonly cwd?: string | null | undefined;
  readonly itemType: ExternalAgentConfigMigrationItemType;
  readonly source?: string | null | undefined;
  readonly target?: string | null | undefined;
  /** Original title for an imported session; null for other item types. */
  readonly title?: string | null | undefined;
}

export interface ExternalAgentConfigImportParams {
  readonly migrationItems: readonly ExternalAgentConfigMigrationItem[];
  /**
   * Migration-source selector used to produce the migration items. Pass the same value to detection and import;
   * missing or unrecognized values use the default source.
   */
  readonly migrationSource?: string | null | undefined;
  /**
   * Opaque provider identifier supplied by the caller for analytics attribution and import history display. This does
   * not select the migration source.
   */
  readonly providerId?: string | null | undefined;
  /** Optional identifier for the product that initiated the import. */
  readonly source?: string | null | undefined;
}

export interface ExternalAgentConfigImportProgressNotification {
  readonly importId: string;
  readonly itemTypeResults: readonly ExternalAgentConfigImportTypeResult[];
}

export interface ExternalAgentConfigImportResponse {
  readonly importId: string;
}

export interface ExternalAgentConfigImportTypeResult {
  readonly failures: readonly ExternalAgentConfigImportItemTypeFailure[];
  readonly itemType: ExternalAgentConfigMigrationItemType;
  readonly successes: readonly ExternalAgentConfigImportItemTypeSuccess[];
}

export interface ExternalAgentConfigMigrationItem {
  /** Null or empty means home-scoped migration; non-empty means repo-scoped migration. */
  readonly cwd?: string | null | undefined;
  readonly description: string;
  readonly details?: MigrationDetails | null | undefined;
  readonly itemType: ExternalAgentConfigMigrationItemType;
}

export type ExternalAgentConfigMigrationItemType =
  | 'AGENTS_MD'
  | 'CONFIG'
  | 'SKILLS'
  | 'PLUGINS'
  | 'MCP_SERVER_CONFIG'
  | 'SUBAGENTS'
  | 'HOOKS'
  | 'COMMANDS'
  | 'MEMORY'
  | 'SESSIONS';

export interface ExternalAgentDetectedConnectorCandidate {
  readonly name: string;
  readonly sessionCount: number;
  readonly source: ExternalAgentDetectedConnectorSource;
}

export type ExternalAgentDetectedConnectorSource = 'remoteMcpServersConfig' | 'sessionToolUse';

export interface ExternalAgentImportedConnectorCandidate {
  readonly name: string;
  readonly sessionCount: number;
  readonly source: ExternalAgentImportedConnectorSource;
}

export type ExternalAgentImportedConnectorSource = 'remoteMcpServersConfig';

export interface HookMigration {
  readonly name: string;
}

export interface McpServerMigration {
  readonly name: string;
}

export interface MigrationDetails {
  readonly commands?: readonly CommandMigration[] | undefined;
  readonly hooks?: readonly HookMigration[] | undefined;
  readonly mcpServers?: readonly McpServerMigration[] | undefined;
  readonly memory?: readonly string[] | undefined;
  readonly plugins?: readonly PluginsMigration[] | undefined;
  readonly sessions?: readonly SessionMigration[] | undefined;
  readonly skills?: readonly SkillMigration[] | undefined;
  readonly subagents?: readonly SubagentMigration[] | undefined;
}

export interface PluginsMigration {
  readonly marketplaceName: string;
  readonly pluginNames: readonly string[];
}

export interface SessionMigration {
  readonly cwd: string;
  readonly path: string;
  readonly title?: string | null | undefined;
}

export interface SkillMigration {
  readonly name: string;
}

export interface SubagentMigration {
  readonly name: string;
}
