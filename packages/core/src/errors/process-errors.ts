import { CodexError, nameError } from './base.js';

/** No Codex CLI was found. Code `BINARY_NOT_FOUND`. */
export class BinaryNotFoundError extends CodexError {
  readonly code = 'BINARY_NOT_FOUND';
  /** What was looked for: a path, or a name on `PATH`. */
  readonly binary: string;

  constructor(binary: string, problem: string, cause?: unknown) {
    super(
      `Codex CLI not found: ${problem}. Install it (npm install @openai/codex), or point \`binary\` or CODEX_BINARY to it.`,
      { cause },
    );
    this.binary = binary;
  }
}
nameError(BinaryNotFoundError, 'BinaryNotFoundError');

export type SpawnErrorCode =
  | 'SPAWN_FAILED'
  | 'NOT_EXECUTABLE'
  | 'WORKING_DIRECTORY_NOT_FOUND'
  | 'TEMP_DIRECTORY_FAILED';

/**
 * The process could not be started. Codes: `NOT_EXECUTABLE` (the binary is there, but may not be run), `WORKING_DIRECTORY_NOT_FOUND`,
 * `TEMP_DIRECTORY_FAILED` (no private folder could be made for the run), `SPAWN_FAILED` (all else; see `cause`).
 */
export class SpawnError extends CodexError {
  readonly code: SpawnErrorCode;
  /** The file or folder at fault. */
  readonly path: string;

  constructor(code: SpawnErrorCode, path: string, problem: string, cause?: unknown) {
    super(problem, { cause });
    this.code = code;
    this.path = path;
  }
}
nameError(SpawnError, 'SpawnError');

/** A Codex home could not be prepared. Code `HOME_FAILED`. */
export class HomeError extends CodexError {
  readonly code = 'HOME_FAILED';
  readonly path: string;

  constructor(path: string, problem: string, cause?: unknown) {
    super(`Codex home ${path}: ${problem}`, { cause });
    this.path = path;
  }
}
nameError(HomeError, 'HomeError');

export type OutputKind = 'event-log' | 'tee' | 'schema' | 'last-message';

/** A file that the run writes or reads beside its stream failed: the log, a tee, the schema, the last message. Code `OUTPUT_FAILED`. */
export class OutputError extends CodexError {
  readonly code = 'OUTPUT_FAILED';
  readonly kind: OutputKind;
  readonly path: string;

  constructor(kind: OutputKind, path: string, problem: string, cause?: unknown) {
    super(`${kind} ${path}: ${problem}`, { cause });
    this.kind = kind;
    this.path = path;
  }
}
nameError(OutputError, 'OutputError');
