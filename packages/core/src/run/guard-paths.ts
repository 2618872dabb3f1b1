import { resolve } from 'node:path';
import { resolveHome } from '../home/resolve-home.js';
import { readSandboxSettings } from '../home/sandbox-settings.js';
import { settingLayers } from '../request/settings.js';
import type { AnyRunRequest } from '../request/types.js';
import { assertOutsideWorkspace } from '../request/writable-folders.js';

/**
 * Checks that the agent cannot replace files of the host: the binary, the home, and the files that the run writes.
 *
 * @throws RequestError
 */
export function guardPaths(
  request: AnyRunRequest,
  { binary, home }: { readonly binary: string; readonly home: string | undefined },
): void {
  const files =
    request.ignoreUserConfig === true ? [] : readSandboxSettings(resolveHome(request).root, request.profile);
  const layers = settingLayers(files, request);
  assertOutsideWorkspace(request, 'binary', binary, layers);
  if (home !== undefined && home !== '')
    assertOutsideWorkspace(request, 'codexHome', resolve(request.workingDirectory ?? '.', home), layers);
  for (const field of ['eventLog', 'outputLastMessage'] as const) {
    const path = request[field];
    if (path !== undefined) assertOutsideWorkspace(request, field, resolve(path), layers);
  }
}
