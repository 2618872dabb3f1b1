import { renameSync, rmSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { binaryFingerprint, isSameBinary } from '../binary/binary-fingerprint.js';
import { type BinaryOptions, resolveBinary } from '../binary/resolve.js';
import { isCodexError } from '../errors/is-codex-error.js';
import { SnapshotError } from '../errors/snapshot-error.js';
import { writeBeside } from '../home/write-beside.js';
import { checkOneOf, checkPath } from '../request/checks.js';
import { errorMessage } from '../util/error-message.js';
import { readRegularFile } from '../util/read-regular-file.js';
import type { CapabilityOverrides } from './overrides.js';
import {
  FORMATS,
  parseCapabilities,
  parseCapabilityOverrides,
  type SnapshotFormat,
  serializeCapabilities,
  serializeCapabilityOverrides,
} from './snapshot-text.js';
import type { Capabilities } from './types.js';

const MAX_BYTES = 16 * 1024 * 1024;

/**
 * Reads capabilities that {@link writeCapabilities} stored.
 *
 * @param path the format is that of its extension: `.json` or `.toml`
 * @throws SnapshotError
 *
 * @example
 * ```ts no-run
 * import { probeCapabilities$, readCapabilities } from '@codex-rx/core/capabilities';
 *
 * const snapshot = readCapabilities('codex.json');
 * probeCapabilities$({ overrides: { snapshot } }).subscribe(({ version }) => console.log(version?.raw));
 * ```
 */
export function readCapabilities(path: string, format?: SnapshotFormat): Capabilities {
  return read(path, format, parseCapabilities);
}

/**
 * Stores capabilities in a file that only this user can read. Replaces the file atomically: a reader sees the old or
 * the new content. The folder must exist.
 *
 * @param path the format is that of its extension: `.json` or `.toml`
 * @throws SnapshotError
 */
export function writeCapabilities(path: string, capabilities: Capabilities, format?: SnapshotFormat): void {
  write(path, format, (chosen) => serializeCapabilities(capabilities, chosen));
}

/** Reads overrides that {@link writeCapabilityOverrides} stored. @throws SnapshotError */
export function readCapabilityOverrides(path: string, format?: SnapshotFormat): CapabilityOverrides {
  return read(path, format, parseCapabilityOverrides);
}

/** Stores overrides, as {@link writeCapabilities} stores capabilities. @throws SnapshotError */
export function writeCapabilityOverrides(path: string, overrides: CapabilityOverrides, format?: SnapshotFormat): void {
  write(path, format, (chosen) => serializeCapabilityOverrides(overrides, chosen));
}

/**
 * Returns whether capabilities are those of a binary: it is the same file with the same content. `false` without a
 * fingerprint.
 *
 * @throws BinaryNotFoundError, SpawnError
 */
export function capabilitySnapshotMatchesBinary(
  capabilities: Pick<Capabilities, 'fingerprint'>,
  options: BinaryOptions = {},
): boolean {
  return isSameBinary(capabilities.fingerprint, binaryFingerprint(resolveBinary(options)));
}

function read<T>(
  path: string,
  given: SnapshotFormat | undefined,
  parse: (text: string, format: SnapshotFormat) => T,
): T {
  const format = chooseFormat(path, given);
  let text: string;
  try {
    text = readRegularFile(path, MAX_BYTES);
  } catch (error) {
    throw new SnapshotError('SNAPSHOT_READ', path, `cannot be read: ${errorMessage(error)}`, error);
  }
  try {
    return parse(text, format);
  } catch (error) {
    if (!isCodexError(error, 'SNAPSHOT_DECODE')) throw error;
    throw new SnapshotError('SNAPSHOT_DECODE', path, error.message, error.cause);
  }
}

function write(path: string, given: SnapshotFormat | undefined, serialize: (format: SnapshotFormat) => string): void {
  const text = serialize(chooseFormat(path, given));
  let temporary: string | undefined;
  try {
    temporary = writeBeside(resolve(path), text);
    renameSync(temporary, path);
  } catch (error) {
    if (temporary !== undefined) rmSync(temporary, { force: true });
    throw new SnapshotError('SNAPSHOT_WRITE', path, `cannot be written: ${errorMessage(error)}`, error);
  }
}

function chooseFormat(path: string, given: SnapshotFormat | undefined): SnapshotFormat {
  checkPath('path', path);
  if (given !== undefined) {
    checkOneOf('format', given, FORMATS);
    return given;
  }
  const extension = extname(path).toLowerCase();
  if (extension === '.json' || extension === '.toml') return extension === '.json' ? 'json' : 'toml';
  throw new SnapshotError('SNAPSHOT_FORMAT', path, 'has no known format. Name it .json or .toml, or pass the format.');
}
