import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { isTableLike, type SettingLayers, settingAt, textAt } from './settings.js';
import type { CodexOptions, ConfigTable } from './types.js';

/**
 * Returns the folders that the settings make writable: the writable roots of the sandbox, and the folders of the
 * permission profile. They may be relative to the working directory.
 */
export function configuredFolders(options: CodexOptions, layers: SettingLayers): string[] {
  const roots = textsIn(settingAt(layers, 'sandbox_workspace_write', 'writable_roots'));
  return [...roots, ...permittedFolders(layers)].map((folder) => expandHome(folder, options));
}

/**
 * Returns the relative writable roots of a configuration file as a layer of their own. The CLI resolves them in the
 * folder of the file.
 */
export function rootsOfFile(settings: ConfigTable, folder: string): ConfigTable[] {
  const roots = textsIn(settingAt([settings], 'sandbox_workspace_write', 'writable_roots'));
  if (roots.length === 0) return [];
  const writable_roots = roots.map((root) => (isInHome(root) ? root : resolve(folder, root)));
  return [{ sandbox_workspace_write: { writable_roots } }];
}

/** The folders that the profile of `default_permissions`, or a profile that it extends, makes writable. */
function permittedFolders(layers: SettingLayers): string[] {
  const folders: string[] = [];
  const seen = new Set<string>();
  for (
    let profile = textAt(layers, 'default_permissions');
    profile !== undefined && !seen.has(profile);
    profile = textAt(layers, 'permissions', profile, 'extends')
  ) {
    seen.add(profile);
    for (const [path, isRoot] of entriesAt(layers, profile, 'workspace_roots')) if (isRoot === true) folders.push(path);
    for (const [path, access] of entriesAt(layers, profile, 'filesystem'))
      if (isAbsolute(path) || isInHome(path)) folders.push(...writablePaths(path, access));
  }
  return folders;
}

/** Merges the entries of all layers: a later layer replaces single entries. */
function entriesAt(layers: SettingLayers, profile: string, table: string): Map<string, unknown> {
  const tables = layers.map((layer) => settingAt([layer], 'permissions', profile, table));
  return new Map(tables.flatMap((value) => (isTableLike(value) ? Object.entries(value) : [])));
}

/** The access to a folder, or a table of the access to folders in it. */
function writablePaths(path: string, access: unknown): string[] {
  if (access === 'write') return [path];
  if (!isTableLike(access)) return [];
  return Object.entries(access).flatMap(([part, inner]) => (inner === 'write' ? [join(path, part)] : []));
}

function isInHome(path: string): boolean {
  return path === '~' || path.startsWith('~/');
}

/** The CLI expands `~` in paths, with the variables of the run. */
export function expandHome(path: string, { env, inheritEnv }: CodexOptions): string {
  if (!isInHome(path)) return path;
  const variables = inheritEnv === false ? { ...env } : { ...process.env, ...env };
  const user = process.platform === 'win32' ? variables.USERPROFILE : variables.HOME;
  return join(user === undefined || user === '' ? homedir() : user, path.slice(1));
}

function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
