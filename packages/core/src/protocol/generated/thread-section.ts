// Generated from CLI 0.171.0 by `npm run protocol:generate`.

import type { ThreadSection, ThreadSectionAppearance } from './shared.js';

/** Parameters for creating an independently persisted thread section. */
export interface ThreadSectionCreateParams {
  readonly appearance?: ThreadSectionAppearance | null | undefined;
  /** The user-visible name of the section. */
  readonly name: string;
}

/** The independently persisted section created by the server. */
export interface ThreadSectionCreateResponse {
  readonly section: ThreadSection;
}

/** Parameters for deleting an independently persisted thread section. */
export interface ThreadSectionDeleteParams {
  /** The stable, server-generated identity of the section to delete. */
  readonly sectionId: string;
}

/** Successful deletion does not return additional section data. */
export type ThreadSectionDeleteResponse = Readonly<Record<string, unknown>>;

/** Parameters for listing independently persisted thread sections. */
export interface ThreadSectionListParams {
  /** Opaque pagination cursor returned by a previous call. */
  readonly cursor?: string | null | undefined;
  /** Maximum number of sections to return. */
  readonly limit?: number | null | undefined;
}

/** One page of independently persisted thread sections. */
export interface ThreadSectionListResponse {
  readonly data: readonly ThreadSection[];
  /** Opaque cursor for the next page, or `null` when no sections remain. */
  readonly nextCursor?: string | null | undefined;
}

/** Parameters for updating an independently persisted thread section. */
export interface ThreadSectionUpdateParams {
  /** Omit to preserve appearance, use `null` to clear it, or provide a replacement. */
  readonly appearance?: ThreadSectionAppearance | null | undefined;
  /** The updated user-visible name of the section. */
  readonly name: string;
  /** The stable, server-generated identity of the section to update. */
  readonly sectionId: string;
}

/** The independently persisted section after its name is updated. */
export interface ThreadSectionUpdateResponse {
  readonly section: ThreadSection;
}
