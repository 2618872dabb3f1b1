// Generated from CLI 0.171.0 by `npm run protocol:generate`.

import type { AbsolutePathBuf, SortDirection } from './shared.js';

export interface Project {
  readonly createdAt: number;
  readonly id: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly name: string;
  /** Newest non-archived member thread's recency, in Unix seconds; null when none exist. */
  readonly recencyAt?: number | null | undefined;
  readonly roots: readonly ProjectRoot[];
  readonly updatedAt: number;
}

export type ProjectChangeType = 'created' | 'updated' | 'deleted';

export interface ProjectChangedNotification {
  readonly changeType: ProjectChangeType;
  readonly projectId: string;
}

export interface ProjectCreateParams {
  readonly idempotencyKey: string;
  readonly metadata?: Readonly<Record<string, string>> | null | undefined;
  readonly name: string;
  readonly roots: readonly ProjectRoot[];
}

export interface ProjectCreateResponse {
  readonly project: Project;
}

export interface ProjectDeleteParams {
  readonly projectId: string;
}

export type ProjectDeleteResponse = Readonly<Record<string, unknown>>;

export interface ProjectImportParams {
  readonly idempotencyKey: string;
  readonly metadata?: Readonly<Record<string, string>> | null | undefined;
  readonly name: string;
  readonly roots: readonly ProjectRoot[];
  readonly threads?: readonly string[] | null | undefined;
}

export interface ProjectImportResponse {
  readonly project: Project;
}

export interface ProjectListParams {
  readonly cursor?: string | null | undefined;
  readonly limit?: number | null | undefined;
  /** Requires sortKey. Defaults to asc for position and desc for recencyAt. */
  readonly sortDirection?: SortDirection | null | undefined;
  /**
   * Defaults to position. Recency sorting always places empty projects last. Use the returned order; numeric
   * positions are not exposed in project responses.
   */
  readonly sortKey?: ProjectSortKey | null | undefined;
}

export interface ProjectListResponse {
  readonly data: readonly Project[];
  readonly nextCursor?: string | null | undefined;
}

export interface ProjectMoveParams {
  /** Place the project before this ID, or append it when omitted or null. */
  readonly beforeProjectId?: string | null | undefined;
  readonly projectId: string;
}

export type ProjectMoveResponse = Readonly<Record<string, unknown>>;

export interface ProjectReadParams {
  readonly projectId: string;
}

export interface ProjectReadResponse {
  readonly project: Project;
}

export interface ProjectRoot {
  readonly path: AbsolutePathBuf;
}

export type ProjectSortKey = 'position' | 'recencyAt';

export interface ProjectUpdateParams {
  readonly metadata?: Readonly<Record<string, string>> | null | undefined;
  readonly name?: string | null | undefined;
  readonly projectId: string;
  readonly roots?: readonly ProjectRoot[] | null | undefined;
}

export interface ProjectUpdateResponse {
  readonly project: Project;
}
