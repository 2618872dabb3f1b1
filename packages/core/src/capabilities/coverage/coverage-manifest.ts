import { NEWEST_KNOWN_VERSION } from '../../request/cli-capabilities.js';
import { deepFreeze } from '../../util/deep-freeze.js';
import { typedCommands } from './commands.js';
import { otherCommands } from './other.js';
import { runCommands } from './runs.js';
import type { CoverageManifest } from './types.js';

/**
 * How each command, flag and argument of the newest measured CLI is covered: by a function or an option of its own, by
 * one that passes any words on, or not at all. Does not contain `help`.
 *
 * @example
 * ```ts
 * import { coverageManifest } from '@codex-rx/core/capabilities';
 *
 * const exec = coverageManifest.commands.find(({ path }) => path === 'exec');
 * console.log(exec?.flags['--output-schema']?.by); // outputSchema
 * ```
 */
export const coverageManifest: CoverageManifest = deepFreeze({
  version: NEWEST_KNOWN_VERSION,
  commands: [...runCommands, ...typedCommands, ...otherCommands].sort((a, b) => (a.path < b.path ? -1 : 1)),
});
