// Generated from CLI 0.171.0 by `npm run protocol:generate`.

import type { AbsolutePathBuf } from './shared.js';

/** Filesystem watch notification emitted for `fs/watch` subscribers. */
export interface FsChangedNotification {
  /** File or directory paths associated with this event. */
  readonly changedPaths: readonly AbsolutePathBuf[];
  /** Watch identifier previously provided to `fs/watch`. */
  readonly watchId: string;
}

/** Copy a file or directory tree on the host filesystem. */
export interface FsCopyParams {
  /** Absolute destination path. */
  readonly destinationPath: AbsolutePathBuf;
  /** Required for directory copies; ignored for file copies. */
  readonly recursive?: boolean | undefined;
  /** Absolute source path. */
  readonly sourcePath: AbsolutePathBuf;
}

/** Successful response for `fs/copy`. */
export type FsCopyResponse = Readonly<Record<string, unknown>>;

/** Create a directory on the host filesystem. */
export interface FsCreateDirectoryParams {
  /** Absolute directory path to create. */
  readonly path: AbsolutePathBuf;
  /** Whether parent directories should also be created. Defaults to `true`. */
  readonly recursive?: boolean | null | undefined;
}

/** Successful response for `fs/createDirectory`. */
export type FsCreateDirectoryResponse = Readonly<Record<string, unknown>>;

/** Request metadata for an absolute path. */
export interface FsGetMetadataParams {
  /** Absolute path to inspect. */
  readonly path: AbsolutePathBuf;
}

/** Metadata returned by `fs/getMetadata`. */
export interface FsGetMetadataResponse {
  /** File creation time in Unix milliseconds when available, otherwise `0`. */
  readonly createdAtMs: number;
  /** Whether the path resolves to a directory. */
  readonly isDirectory: boolean;
  /** Whether the path resolves to a regular file. */
  readonly isFile: boolean;
  /** Whether the path itself is a symbolic link. */
  readonly isSymlink: boolean;
  /** File modification time in Unix milliseconds when available, otherwise `0`. */
  readonly modifiedAtMs: number;
}

/** A directory entry returned by `fs/readDirectory`. */
export interface FsReadDirectoryEntry {
  /** Direct child entry name only, not an absolute or relative path. */
  readonly fileName: string;
  /** Whether this entry resolves to a directory. */
  readonly isDirectory: boolean;
  /** Whether this entry resolves to a regular file. */
  readonly isFile: boolean;
}

/** List direct child names for a directory. */
export interface FsReadDirectoryParams {
  /** Absolute directory path to read. */
  readonly path: AbsolutePathBuf;
}

/** Directory entries returned by `fs/readDirectory`. */
export interface FsReadDirectoryResponse {
  /** Direct child entries in the requested directory. */
  readonly entries: readonly FsReadDirectoryEntry[];
}

/** Read a file from the host filesystem. */
export interface FsReadFileParams {
  /** Absolute path to read. */
  readonly path: AbsolutePathBuf;
}

/** Base64-encoded file contents returned by `fs/readFile`. */
export interface FsReadFileResponse {
  /** File contents encoded as base64. */
  readonly dataBase64: string;
}

/** Remove a file or directory tree from the host filesystem. */
export interface FsRemoveParams {
  /** Whether missing paths should be ignored. Defaults to `true`. */
  readonly force?: boolean | null | undefined;
  /** Absolute path to remove. */
  readonly path: AbsolutePathBuf;
  /** Whether directory removal should recurse. Defaults to `true`. */
  readonly recursive?: boolean | null | undefined;
}

/** Successful response for `fs/remove`. */
export type FsRemoveResponse = Readonly<Record<string, unknown>>;

/** Stop filesystem watch notifications for a prior `fs/watch`. */
export interface FsUnwatchParams {
  /** Watch identifier previously provided to `fs/watch`. */
  readonly watchId: string;
}

/** Successful response for `fs/unwatch`. */
export type FsUnwatchResponse = Readonly<Record<string, unknown>>;

/** Start filesystem watch notifications for an absolute path. */
export interface FsWatchParams {
  /** Absolute file or directory path to watch. */
  readonly path: AbsolutePathBuf;
  /** Connection-scoped watch identifier used for `fs/unwatch` and `fs/changed`. */
  readonly watchId: string;
}

/** Successful response for `fs/watch`. */
export interface FsWatchResponse {
  /** Canonicalized path associated with the watch. */
  readonly path: AbsolutePathBuf;
}

/** Write a file on the host filesystem. */
export interface FsWriteFileParams {
  /** File contents encoded as base64. */
  readonly dataBase64: string;
  /** Absolute path to write. */
  readonly path: AbsolutePathBuf;
}

/** Successful response for `fs/writeFile`. */
export type FsWriteFileResponse = Readonly<Record<string, unknown>>;
