import { rootsOfFile } from '../request/configured-folders.js';
import { settingLayers } from '../request/settings.js';
import { folderExposing, type GuardedField, insideWorkspace } from '../request/writable-folders.js';
import { type PreflightFacts, valueOf } from './facts.js';
import type { PreflightProblem } from './types.js';

/** Reports a binary and a home that the agent could change, with the settings of the configuration files. */
export function workspaceProblems({ options, binary, home, homeFrom, profile }: PreflightFacts): PreflightProblem[] {
  const folder = valueOf(home)?.root ?? '';
  const files = [valueOf(home)?.config.settings, profile?.settings].flatMap((settings) =>
    settings === undefined ? [] : [settings, ...rootsOfFile(settings, folder)],
  );
  const layers = settingLayers(files, options);
  const problems: PreflightProblem[] = [];
  const check = (code: PreflightProblem['code'], field: GuardedField, paths: readonly (string | undefined)[]): void => {
    const exposed = paths.flatMap((path) => {
      const folder = path === undefined ? undefined : folderExposing(field, path, options, layers);
      return path === undefined || folder === undefined ? [] : [insideWorkspace(field, path, folder)];
    });
    if (exposed[0] !== undefined) problems.push({ code, message: exposed[0] });
  };
  check('BINARY_IN_WORKSPACE', 'binary', [valueOf(binary)?.entry, valueOf(binary)?.path]);
  // The sandbox protects `.codex`, the default home.
  if (homeFrom !== 'default') check('HOME_IN_WORKSPACE', 'codexHome', [valueOf(home)?.root]);
  return problems;
}
