import type { Observable } from 'rxjs';
import type { CommandOptions } from '../commands/command-options.js';
import { runProbe$ } from './probe.js';
import type { Capabilities } from './types.js';

/** Options of `probeCapabilities$`. */
export interface ProbeOptions extends Omit<CommandOptions, 'mirrorStdout' | 'mirrorStderr' | 'createHomeDirs'> {
  /** Also find the methods of the app-server protocol, which takes one more process. Default `false`. */
  readonly methods?: boolean | undefined;
}

/**
 * Emits the capabilities of a CLI: its version, commands, flags and features. Spawns short processes of the CLI that print help
 * pages; they use no network and change nothing. Emits once, then completes.
 *
 * Errors with `RequestError`, `BinaryNotFoundError`, `SpawnError` and `AbortError`. A command of the CLI that fails is
 * reported in `plan`.
 *
 * @example
 * ```ts
 * import { probeCapabilities$ } from '@codex-rx/core/capabilities';
 *
 * probeCapabilities$().subscribe(({ version, commands }) => console.log(version, Object.keys(commands).length));
 * ```
 */
export function probeCapabilities$(options: ProbeOptions = {}): Observable<Capabilities> {
  const { methods = false, ...command } = options;
  return runProbe$({ ...command, createHomeDirs: false }, methods);
}
