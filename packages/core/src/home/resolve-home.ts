import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { CodexOptions } from '../request/types.js';
import { codexHome } from './layout.js';
import type { HomePaths } from './paths.js';

type HomeOptions = Pick<CodexOptions, 'codexHome' | 'workingDirectory' | 'env' | 'inheritEnv'>;

/**
 * The home that the CLI will use: `codexHome`, else `CODEX_HOME` of its environment, else `.codex` in the user's
 * folder.
 */
export function resolveHome(options: HomeOptions): HomePaths {
  if (options.codexHome !== undefined) return codexHome(options.codexHome);
  const env = options.inheritEnv === false ? { ...options.env } : { ...process.env, ...options.env };
  if (env.CODEX_HOME !== undefined && env.CODEX_HOME !== '')
    return codexHome(resolve(options.workingDirectory ?? '.', env.CODEX_HOME));
  const user = process.platform === 'win32' ? env.USERPROFILE : env.HOME;
  return codexHome(join(user ?? homedir(), '.codex'));
}
