import { resolve } from 'node:path';
import { RequestError } from '../errors/request-error.js';
import { isWithin, pathLocations } from '../util/path-locations.js';
import { configuredFolders, expandHome } from './configured-folders.js';
import { sandboxMode } from './sandbox-mode.js';
import { type SettingLayers, settingAt, settingLayers } from './settings.js';
import type { CodexOptions } from './types.js';

/** The options whose files the agent must not replace. */
export type GuardedField = 'binary' | 'codexHome' | 'eventLog' | 'outputLastMessage' | 'socketPath' | 'serverInfoPath';

const DANGERS: Readonly<Record<GuardedField, string>> = {
  binary: 'it could replace the CLI, which runs outside of the sandbox',
  codexHome: 'it could add programs to config.toml that the CLI starts outside of the sandbox',
  eventLog: 'it could replace the log by another file, outside of the sandbox',
  outputLastMessage: 'it could replace the answer',
  socketPath: 'it could listen in the place of the server',
  serverInfoPath: 'it could replace the file by a link, which the CLI follows outside of the sandbox',
};

/**
 * Returns the folders of a request in which the agent may write: the working directory, `addDirs` and the writable
 * roots of the configuration.
 *
 * @param layers the settings of the run; without them, those of the request
 */
export function writableFolders(
  options: CodexOptions,
  layers: SettingLayers = settingLayers([], options),
): readonly string[] {
  const mode = sandboxMode(options, layers);
  if (mode !== 'workspace-write' && mode !== 'danger-full-access') return [];
  const { workingDirectory = '', addDirs = [] } = options;
  const folders = [...(workingDirectory === '' ? [] : ['.']), ...addDirs, ...configuredFolders(options, layers)];
  return folders.map((folder) => resolve(workingDirectory, folder));
}

/** Returns the temporary folders in which the sandbox lets the agent write. */
export function writableTemporaryFolders(
  options: CodexOptions,
  layers: SettingLayers = settingLayers([], options),
): readonly string[] {
  if (sandboxMode(options, layers) !== 'workspace-write') return [];
  const isExcluded = (name: string): boolean => settingAt(layers, 'sandbox_workspace_write', name) === true;
  const inherited = options.inheritEnv === false ? undefined : process.env.TMPDIR;
  const chosen = options.env !== undefined && 'TMPDIR' in options.env ? options.env.TMPDIR : inherited;
  return [
    ...(process.platform === 'win32' || isExcluded('exclude_slash_tmp') ? [] : ['/tmp']),
    ...(chosen === undefined || chosen === '' || isExcluded('exclude_tmpdir_env_var')
      ? []
      : [resolve(options.workingDirectory ?? '', expandHome(chosen, options))]),
  ];
}

/** Returns the first folder that contains the file, directly or through a link on the way to it. */
export function folderContaining(folders: readonly string[], path: string): string | undefined {
  const locations = pathLocations(path);
  return folders.find((folder) =>
    pathLocations(folder).some((root) => locations.some((location) => isWithin(root, location))),
  );
}

/**
 * Returns the folder in which the agent may replace the file of an option. Without a sandbox the agent can replace any
 * binary, so the place of the binary does not matter.
 */
export function folderExposing(
  field: GuardedField,
  path: string,
  options: CodexOptions,
  layers: SettingLayers = settingLayers([], options),
): string | undefined {
  if (options.allowInWorkspace === true) return undefined;
  const isBinary = field === 'binary';
  if (isBinary && sandboxMode(options, layers) !== 'workspace-write') return undefined;
  const temporary = isBinary ? [] : writableTemporaryFolders(options, layers);
  return folderContaining([...writableFolders(options, layers), ...temporary], path);
}

/**
 * Throws if the agent could replace what the host executes, trusts or writes.
 *
 * @param layers the settings of the run; without them, those of the request
 * @throws RequestError (`REQUEST_INVALID`) if `path` is inside a folder that the agent may write to, unless
 * `allowInWorkspace` is set
 */
export function assertOutsideWorkspace(
  options: CodexOptions,
  field: GuardedField,
  path: string,
  layers: SettingLayers = settingLayers([], options),
): void {
  const folder = folderExposing(field, path, options, layers);
  if (folder !== undefined) throw new RequestError(field, insideWorkspace(field, path, folder));
}

/** The message for a path inside a folder that the agent may write to. */
export function insideWorkspace(field: GuardedField, path: string, folder: string): string {
  const advice =
    field === 'binary'
      ? 'Point "binary" to a CLI outside of that folder'
      : `Choose ${field === 'codexHome' ? 'a' : 'an'} "${field}" outside of that folder`;
  return `${path} is inside ${folder}, where the agent may write: ${DANGERS[field]}. ${advice}, or set "allowInWorkspace".`;
}
