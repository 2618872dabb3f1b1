import type { CliSurface } from '../request/cli-surface.js';
import { type BinaryFingerprint, binaryFingerprint, isSameBinary } from './binary-fingerprint.js';

/** The binaries that were probed in this process, by real path. */
const probed = new Map<string, { readonly fingerprint: BinaryFingerprint; readonly surface: CliSurface }>();

export function rememberSurface(fingerprint: BinaryFingerprint, surface: CliSurface): void {
  probed.set(fingerprint.path, { fingerprint, surface });
}

/** @param path the real path of one binary; all binaries without it */
export function forgetSurface(path?: string): void {
  if (path === undefined) probed.clear();
  else probed.delete(path);
}

/** Returns the commands and the version of a binary, if it was probed and has not changed. */
export function probedSurface(binary: string): CliSurface | undefined {
  if (probed.size === 0) return undefined;
  const fingerprint = binaryFingerprint(binary);
  const found = fingerprint && probed.get(fingerprint.path);
  return found !== undefined && isSameBinary(found.fingerprint, fingerprint) ? found.surface : undefined;
}
