import { statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isWithin, pathLocations } from '../util/path-locations.js';
import { type SettingLayers, settingAt, textAt } from './settings.js';
import type { CodexOptions } from './types.js';

/**
 * Returns the sandbox mode of a run as the CLI chooses it, `undefined` for its default, which is read-only. Returns
 * `workspace-write` for a permission profile that may make folders writable.
 */
export function sandboxMode(options: CodexOptions, layers: SettingLayers): string | undefined {
  const { safety, sandbox, approveForMe } = options;
  if (safety === 'bypass') return 'danger-full-access';
  if (approveForMe === true) return 'workspace-write';
  const chosen = sandbox ?? (safety === 'full-auto' ? 'workspace-write' : undefined);
  if (chosen !== undefined) return chosen;
  // A permission profile takes precedence over `sandbox_mode`.
  const profile = textAt(layers, 'default_permissions');
  if (profile !== undefined) return profile === ':read-only' ? 'read-only' : 'workspace-write';
  return textAt(layers, 'sandbox_mode') ?? (isKnownProject(options, layers) ? 'workspace-write' : undefined);
}

/**
 * Returns whether the settings contain a trust level for the working directory or a folder above it. The CLI then
 * makes the workspace writable, also if the level is `untrusted`.
 */
function isKnownProject({ workingDirectory, trust }: CodexOptions, layers: SettingLayers): boolean {
  if (workingDirectory === undefined) return false;
  if (trust === true) return true;
  const projects = Object.keys((settingAt(layers, 'projects') as object | undefined) ?? {});
  if (projects.length === 0) return false;
  const folder = resolve(workingDirectory);
  // The CLI looks up the repository of a worktree, which can be anywhere.
  return (
    isWorktree(folder) ||
    projects.some((project) => pathLocations(folder).some((location) => isWithin(project, location)))
  );
}

function isWorktree(folder: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    const git = statSync(join(at, '.git'), { throwIfNoEntry: false });
    if (git !== undefined) return git.isFile();
    if (dirname(at) === at) return false;
  }
}
