import { resolve } from 'node:path';
import type { BinaryLocation } from '../binary/resolve.js';
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
  { binary, home }: { readonly binary: BinaryLocation; readonly home: string | undefined },
): void {
  const files =
    request.ignoreUserConfig === true ? [] : readSandboxSettings(resolveHome(request).root, request.profile);
  const layers = settingLayers(files, request);
  for (const path of [binary.entry, binary.path])
    if (path !== undefined) assertOutsideWorkspace(request, 'binary', path, layers);
  if (home !== undefined && home !== '')
    assertOutsideWorkspace(request, 'codexHome', resolve(request.workingDirectory ?? '.', home), layers);
  for (const field of ['eventLog', 'outputLastMessage'] as const) {
    const path = request[field];
    if (path !== undefined) assertOutsideWorkspace(request, field, resolve(path), layers);
  }
}
