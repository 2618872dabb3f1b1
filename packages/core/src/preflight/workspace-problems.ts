import { folderContaining, insideWorkspace, writableFolders } from '../request/writable-folders.js';
import { type PreflightFacts, valueOf } from './facts.js';
import { settingLayers, textAt } from './settings.js';
import type { PreflightProblem } from './types.js';

/**
 * The binary and the home that the agent could change. Unlike a run, reads the sandbox mode of the configuration
 * files, too.
 */
export function workspaceProblems({ options, binary, home, homeFrom, profile }: PreflightFacts): PreflightProblem[] {
  if (options.allowInWorkspace === true) return [];
  const layers = settingLayers([valueOf(home)?.config.settings, profile?.settings], options);
  const folders = writableFolders(options, textAt(layers, 'sandbox_mode'));
  const problems: PreflightProblem[] = [];
  const check = (code: PreflightProblem['code'], field: 'binary' | 'codexHome', path: string | undefined): void => {
    const folder = path === undefined ? undefined : folderContaining(folders, path);
    if (path !== undefined && folder !== undefined)
      problems.push({ code, message: insideWorkspace(field, path, folder) });
  };
  check('BINARY_IN_WORKSPACE', 'binary', valueOf(binary));
  // The sandbox protects `.codex`, the default home.
  if (homeFrom !== 'default') check('HOME_IN_WORKSPACE', 'codexHome', valueOf(home)?.root);
  return problems;
}
