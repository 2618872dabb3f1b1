import { resolve } from 'node:path';
import { RequestError } from '../errors/request-error.js';
import { isWithin, pathLocations } from '../util/path-locations.js';
import type { CodexOptions } from './types.js';

/**
 * Returns the folders of a request in which the sandbox lets the agent write; empty if the sandbox forbids it.
 *
 * With `danger-full-access` and `bypass` the agent may write anywhere, so no folder needs protection.
 *
 * @param configured the sandbox mode of `config.toml`, if it is known
 */
export function writableFolders(options: CodexOptions, configured?: string): readonly string[] {
  const { safety, sandbox, config, workingDirectory, addDirs } = options;
  if (safety === 'bypass') return [];
  const mode = sandbox ?? (safety === 'full-auto' ? 'workspace-write' : (config?.sandbox_mode ?? configured));
  if (mode !== 'workspace-write') return [];
  const folders = [...(workingDirectory === undefined ? [] : [workingDirectory]), ...(addDirs ?? [])];
  return folders.map((folder) => resolve(folder));
}

/** Returns the first folder that contains the file, directly or through a link on the way to it. */
export function folderContaining(folders: readonly string[], path: string): string | undefined {
  const locations = pathLocations(path);
  return folders.find((folder) =>
    pathLocations(folder).some((root) => locations.some((location) => isWithin(root, location))),
  );
}

/**
 * Throws if the agent could replace what the host executes or trusts.
 *
 * @throws RequestError (`REQUEST_INVALID`) if `path` is inside a folder that the agent may write to, unless
 * `allowInWorkspace` is set
 */
export function assertOutsideWorkspace(options: CodexOptions, field: 'binary' | 'codexHome', path: string): void {
  if (options.allowInWorkspace === true) return;
  const folder = folderContaining(writableFolders(options), path);
  if (folder !== undefined) throw new RequestError(field, insideWorkspace(field, path, folder));
}

/** The message for a path inside a folder that the agent may write to. */
export function insideWorkspace(field: 'binary' | 'codexHome', path: string, folder: string): string {
  const danger =
    field === 'binary'
      ? 'it could replace the CLI, which runs outside of the sandbox'
      : 'it could add programs to config.toml that the CLI starts outside of the sandbox';
  const advice =
    field === 'binary'
      ? 'Point "binary" to a CLI outside of that folder'
      : 'Choose a "codexHome" outside of that folder';
  return `${path} is inside ${folder}, where the agent may write: ${danger}. ${advice}, or set "allowInWorkspace".`;
}
