import { defer, map, type Observable, of, tap } from 'rxjs';
import { binaryFingerprint, isSameBinary } from '../binary/binary-fingerprint.js';
import { resolveBinary } from '../binary/resolve.js';
import type { CommandOptions } from '../commands/command-options.js';
import { AbortError } from '../errors/index.js';
import { checkBoolean, checkOneOf, checkTable } from '../request/checks.js';
import { validateOptions } from '../request/validate.js';
import { capabilityCache, configState, storeCapabilities } from './cache.js';
import { checkOverrides } from './check-input.js';
import { applyOverrides, type CapabilityOverrides, fromSnapshot } from './overrides.js';
import { runProbe$ } from './probe.js';
import type { Capabilities } from './types.js';

const POLICIES = ['prefer-cache', 'refresh', 'bypass'] as const;

/**
 * `prefer-cache` probes a binary once, and again when its file changes. `refresh` probes and stores the result.
 * `bypass` probes, and neither reads nor writes the cache.
 */
export type CachePolicy = (typeof POLICIES)[number];

/** Options of commands; `timeout` is that of all commands of the probe together, by default 10,000 ms. */
export interface ProbeOptions extends Omit<CommandOptions, 'mirrorStdout' | 'mirrorStderr' | 'createHomeDirs'> {
  /** Default `prefer-cache`; with `env`, which may change every result, `bypass`. */
  readonly cachePolicy?: CachePolicy | undefined;
  /** Facts that replace those of the probe. */
  readonly overrides?: CapabilityOverrides | undefined;
  /** Also find the methods of the app-server protocol, which takes one more process. Default `false`. */
  readonly methods?: boolean | undefined;
}

/**
 * Finds the version, commands, flags and features of a CLI. Emits once, and completes.
 *
 * Runs `codex --version`, `codex features list` and `codex completion bash` at the same time. They are not
 * interactive, do not use the network, and read no more than the configuration. The completion script has every command
 * with its flags, hidden ones included; without it, the pages of `codex help` are read, one process per command. A step
 * that fails, times out or prints nothing known leaves its value `undefined`: see `plan`.
 *
 * Runs of this process use the result: an option that the probed CLI lacks is a `CapabilityError`, or is omitted with
 * `unsupported: 'omit'`, and its version is not read again.
 *
 * Errors with `BinaryNotFoundError`, `SpawnError` (`NOT_EXECUTABLE`), `RequestError` for invalid options, and
 * `AbortError`. Unsubscribing kills the processes.
 *
 * @example
 * ```ts
 * import { guard, probeCapabilities$ } from '@codex-rx/core/capabilities';
 *
 * probeCapabilities$().subscribe((capabilities) => {
 *   console.log(capabilities.version?.version, capabilities.commands?.exec?.flags);
 *   if (guard(capabilities, 'exec-fork').support === 'supported') console.log('fork$ works');
 * });
 * ```
 */
export function probeCapabilities$(options: ProbeOptions = {}): Observable<Capabilities> {
  return defer(() => {
    checkTable('options', options);
    const { methods = false, cachePolicy, overrides = {}, ...command } = options;
    validateOptions(command);
    checkBoolean('methods', methods);
    if (cachePolicy !== undefined) checkOneOf('cachePolicy', cachePolicy, POLICIES);
    checkOverrides('overrides', overrides);
    if (command.signal?.aborted === true) throw new AbortError(command.signal.reason);
    const fingerprint = binaryFingerprint(resolveBinary(command));
    if (overrides.snapshot !== undefined) return of(applyOverrides(fromSnapshot(overrides.snapshot), overrides));

    const hasEnv = Object.keys(command.env ?? {}).length > 0;
    const policy = cachePolicy ?? (hasEnv ? 'bypass' : 'prefer-cache');
    const config = configState(command);
    const cached = policy === 'prefer-cache' ? capabilityCache.get(command) : undefined;
    const isCurrent = isSameBinary(cached?.fingerprint, fingerprint) && (!methods || cached?.methods !== undefined);
    const found$ =
      cached !== undefined && isCurrent
        ? of(cached)
        : runProbe$({ ...command, createHomeDirs: false }, methods).pipe(
            tap((found) => {
              if (policy !== 'bypass') storeCapabilities(command, found, config);
            }),
          );
    return found$.pipe(map((found) => applyOverrides(found, overrides)));
  });
}
