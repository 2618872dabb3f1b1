import type { VersionedOption } from './cli-capabilities.js';
import type { AnyRunRequest } from './types.js';

/** Options in use that not every CLI takes, or not every one in the same form. */
export function versionedOptions(request: AnyRunRequest): readonly VersionedOption[] {
  const options: VersionedOption[] = [];
  if (request.command === 'fork' || request.command === 'review') options.push(request.command);
  if (request.command === 'resume' && typeof request.session === 'object') {
    options.push('session.last');
    if (request.session.all === true) options.push('session.all');
  }
  for (const option of ['enable', 'disable', 'images', 'addDirs'] as const) {
    if ((request[option]?.length ?? 0) > 0) options.push(option);
  }
  if (request.localProvider !== undefined) options.push('localProvider');
  for (const option of ['ephemeral', 'ignoreUserConfig', 'ignoreRules', 'search'] as const) {
    if (request[option] === true) options.push(option);
  }
  return options;
}

/**
 * Whether the arguments for a request depend on the version of the CLI. If not, there is no need to ask for it.
 */
export function needsVersion(request: AnyRunRequest): boolean {
  return versionedOptions(request).length > 0;
}
