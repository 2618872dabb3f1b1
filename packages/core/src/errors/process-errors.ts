import { CodexError } from '../events/codex-error.js';

/** The Codex CLI was not found. Code `BINARY_NOT_FOUND`. */
export class BinaryNotFoundError extends CodexError {
  /** Always `BINARY_NOT_FOUND`. */
  readonly code = 'BINARY_NOT_FOUND';
  /** The path, or the name on `PATH`. */
  readonly binary: string;

  constructor(binary: string, problem: string, cause?: unknown) {
    super(
      'BinaryNotFoundError',
      `Codex CLI not found: ${problem}. Install it (npm install @openai/codex), or set "binary" or CODEX_BINARY to its path.`,
      { cause },
    );
    this.binary = binary;
  }
}

/** The codes of a `SpawnError`. */
export type SpawnErrorCode =
  | 'SPAWN_FAILED'
  | 'NOT_EXECUTABLE'
  | 'WORKING_DIRECTORY_NOT_FOUND'
  | 'TEMP_DIRECTORY_FAILED';

/**
 * The process could not be spawned. Codes: `NOT_EXECUTABLE`, `WORKING_DIRECTORY_NOT_FOUND`, `TEMP_DIRECTORY_FAILED`
 * (the private folder of the run could not be created), `SPAWN_FAILED` (see `cause`).
 */
export class SpawnError extends CodexError {
  /** Says why the process could not be spawned. */
  readonly code: SpawnErrorCode;
  /** The file or folder that failed. */
  readonly path: string;

  constructor(code: SpawnErrorCode, path: string, problem: string, cause?: unknown) {
    super('SpawnError', problem, { cause });
    this.code = code;
    this.path = path;
  }
}

/** The codes of a `HomeError`. */
export type HomeErrorCode =
  | 'HOME_FAILED'
  | 'SEED_HOME_UNREADABLE'
  | 'SEED_HOME_NOT_DIRECTORY'
  | 'SEED_FILE_MISSING'
  | 'SEED_FILE_NOT_FILE'
  | 'SEED_FILE_UNREADABLE'
  | 'SEED_FILE_OUTSIDE'
  | 'SEED_TARGET_FAILED'
  | 'SEED_COPY_FAILED';

/**
 * A Codex home could not be prepared or read (`HOME_FAILED`), or the login of another home could not be copied into it:
 * that home is missing or unreadable (`SEED_HOME_UNREADABLE`) or not a folder (`SEED_HOME_NOT_DIRECTORY`); a required
 * file is missing (`SEED_FILE_MISSING`), not a file (`SEED_FILE_NOT_FILE`), unreadable (`SEED_FILE_UNREADABLE`) or a
 * link out of that home (`SEED_FILE_OUTSIDE`); the target folder cannot be created (`SEED_TARGET_FAILED`) or written to
 * (`SEED_COPY_FAILED`).
 */
export class HomeError extends CodexError {
  /** Says what is wrong with the home. */
  readonly code: HomeErrorCode;
  /** The home, or the file or folder of it that failed. */
  readonly path: string;

  constructor(path: string, problem: string, cause?: unknown, code: HomeErrorCode = 'HOME_FAILED') {
    super('HomeError', `Codex home ${path}: ${problem}`, { cause });
    this.code = code;
    this.path = path;
  }
}

/** The purpose of a file that a run writes. */
export type OutputKind = 'event-log' | 'tee' | 'schema' | 'last-message';

/** A file of the run failed: the event log, a tee, the schema or the last message. Code `OUTPUT_FAILED`. */
export class OutputError extends CodexError {
  /** Always `OUTPUT_FAILED`. */
  readonly code = 'OUTPUT_FAILED';
  /** The purpose of the file that failed. */
  readonly kind: OutputKind;
  /** The file that failed. */
  readonly path: string;

  constructor(kind: OutputKind, path: string, problem: string, cause?: unknown) {
    super('OutputError', `${kind} ${path}: ${problem}`, { cause });
    this.kind = kind;
    this.path = path;
  }
}
