import { checkString } from '../request/checks.js';
import type { CliCommand } from '../request/cli-surface.js';
import { compareVersions } from './compare-versions.js';
import { parseCliVersion } from './parse-version.js';
import { MEASURED_VERSIONS, SURFACE_TABLE } from './surface-table.js';
import type { Capabilities } from './types.js';

/**
 * Returns the capabilities of a version from a table of measured versions, without running a CLI. Another version has
 * those of the newest measured one before it. Contains no features and no fingerprint.
 *
 * @param version such as `0.125.0`, or the output of `codex --version`
 * @returns `undefined` for a version before all measured ones, and for a text without a version
 * @throws RequestError for a value that is not a string
 *
 * @example
 * ```ts
 * import { cliFacts } from '@codex-rx/core/capabilities';
 *
 * console.log(cliFacts('0.125.0')?.commands?.['exec fork']); // undefined: it came with 0.150
 * ```
 */
export function cliFacts(version: string): Capabilities | undefined {
  checkString('version', version);
  const parsed = parseCliVersion(version);
  const index = parsed.version === undefined ? -1 : findMeasured(parsed.version);
  if (index === -1) return undefined;
  return {
    fingerprint: undefined,
    version: parsed,
    features: undefined,
    commands: commandsAt(index),
    collectedAt: 0,
    plan: [{ name: 'table', outcome: 'ok' }],
  };
}

/** Returns the measured version whose facts `cliFacts` returns for another one. */
export function measuredVersion(version: string): string | undefined {
  return MEASURED_VERSIONS[findMeasured(version)];
}

/** Patches of a minor version have the same commands. */
function findMeasured(version: string): number {
  const candidates = MEASURED_VERSIONS.filter((measured) => compareVersions(startOf(measured), version) <= 0);
  return candidates.length - 1;
}

/** The first pre-release of a minor version. */
function startOf(version: string): string {
  return `${version.split('.').slice(0, 2).join('.')}.0-0`;
}

function commandsAt(index: number): Record<string, CliCommand> {
  const commands: Record<string, CliCommand> = {};
  for (const [path, spans] of Object.entries(SURFACE_TABLE)) {
    const words = spans.flatMap(([first, last, text]) => (first <= index && index <= last ? text.split(' ') : []));
    if (words.length === 0) continue;
    commands[path] = {
      flags: words.filter((word) => word.startsWith('--')),
      args: words.filter((word) => !word.startsWith('--')),
    };
  }
  return commands;
}
