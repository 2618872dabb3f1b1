import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  distinctUntilChanged,
  filter,
  isObservable,
  map,
  type Observable,
  of,
  scan,
  switchMap,
  timer,
  timestamp,
} from 'rxjs';
import { BundledBinaryError } from '../errors/bundled-binary-error.js';
import { RequestError } from '../errors/index.js';
import { checkString } from '../request/checks.js';
import { type BundledBinarySpec, resolveBundledBinary } from './bundled.js';
import { isExecutable } from './is-file.js';
import { type FileIdentity, isSameFile, observe, unseen } from './stability.js';

/** A path (relative to the host's working directory), or a binary of a bundle. */
export type BinarySpec = string | BundledBinarySpec;

/** Options of `watchBinary$`. */
export interface WatchBinaryOptions {
  /** Milliseconds for which a file must stay unchanged before it is taken. Default 1,000. */
  readonly stableFor?: number | undefined;
  /** Milliseconds between two looks at it. Default 250. */
  readonly interval?: number | undefined;
}

/**
 * Emits the absolute path of a binary when it can be run, and again each time when another one has taken its place:
 * when the file has changed (or a link on the way to it), is executable, and has been left alone for `stableFor`. A
 * file that is being written, is missing, or has lost its executable bit is waited for.
 *
 * Given an Observable of specs, it follows the latest. Emits immediately for a file that has been unchanged for long
 * enough. Never completes. Errors if the Observable of specs does, with a `RequestError` for a path that is blank or
 * not text, and with a `BundledBinaryError` for a bundle that names no version or leads out of its root.
 *
 * @example
 * ```ts
 * import { watchBinary$ } from '@codex-rx/core';
 * import { take } from 'rxjs';
 *
 * watchBinary$(process.execPath).pipe(take(1)).subscribe((binary) => console.log(binary));
 * ```
 */
export function watchBinary$(
  specOrSpecs$: BinarySpec | Observable<BinarySpec>,
  options: WatchBinaryOptions = {},
): Observable<string> {
  const specs$ = isObservable(specOrSpecs$) ? specOrSpecs$ : of(specOrSpecs$);
  return watchFiles$(specs$.pipe(map(lookAt)), options);
}

/** How to look at one file: `null` if there is nothing that can be run. */
export type Look = () => FileIdentity | null;

/** {@link watchBinary$} over any way to look at files. */
export function watchFiles$(looks$: Observable<Look>, options: WatchBinaryOptions): Observable<string> {
  const stableFor = duration('stableFor', options.stableFor ?? 1_000, 0);
  const interval = duration('interval', options.interval ?? 250, 1);
  return looks$.pipe(
    switchMap((look) =>
      timer(0, interval).pipe(
        map(look),
        timestamp(),
        scan((state, { value, timestamp: now }) => observe(state, value, now, stableFor), unseen),
      ),
    ),
    map((state) => state.stable),
    filter((file) => file !== undefined),
    distinctUntilChanged(isSameFile),
    map((file) => file.path),
  );
}

function lookAt(spec: BinarySpec | null): Look {
  if (typeof spec === 'object' && spec !== null) return () => identify(findBundled(spec));
  checkString('spec', spec);
  if (spec.trim() === '') throw new RequestError('spec', 'must not be blank. Set the path of a binary.');
  const path = resolve(spec);
  return () => identify(path);
}

/** A bundle that is being unpacked may lack any file. A blank name, or a path outside of the bundle, is permanent. */
function findBundled(spec: BundledBinarySpec): string | undefined {
  try {
    return resolveBundledBinary(spec).binaryPath;
  } catch (error) {
    if (error instanceof BundledBinaryError && !PERMANENT_ERRORS.has(error.code)) return undefined;
    throw error;
  }
}

const PERMANENT_ERRORS: ReadonlySet<string> = new Set([
  'BUNDLE_PLATFORM_EMPTY',
  'BUNDLE_VERSION_EMPTY',
  'BUNDLE_OUTSIDE_ROOT',
]);

function identify(path: string | undefined): FileIdentity | null {
  if (path === undefined) return null;
  try {
    const stats = statSync(path);
    const isReady = stats.isFile() && stats.size > 0 && isExecutable(path);
    return isReady
      ? { path, inode: stats.ino, size: stats.size, modified: stats.mtimeMs, touched: stats.ctimeMs }
      : null;
  } catch {
    return null;
  }
}

function duration(field: string, value: number, least: number): number {
  if (!(value >= least && value < 2 ** 31)) {
    throw new RequestError(field, `must be a number of ms, at least ${String(least)}.`);
  }
  return value;
}
