import { homeExists } from './home-exists.js';
import { type AuthInspection, inspectAuth } from './inspect-auth.js';
import { type ConfigInspection, inspectConfig } from './inspect-config.js';
import { type FileInspection, inspectFile } from './inspect-file.js';
import { type FolderInspection, inspectFolder, summarize } from './inspect-folder.js';
import { listRollouts } from './list-rollouts.js';
import type { HomePaths } from './paths.js';

/** The content of a Codex home, without secrets. */
export interface HomeInspection {
  /** The folder of the home. */
  readonly root: string;
  /** Whether the home exists. */
  readonly exists: boolean;
  /** The configuration. */
  readonly config: ConfigInspection;
  /** The login. */
  readonly auth: AuthInspection;
  /** The logins of MCP servers. */
  readonly credentials: FileInspection;
  /** The prompts of the interactive CLI. */
  readonly history: FileInspection;
  /** Rollouts; so is `archivedSessions`. */
  readonly sessions: FolderInspection;
  /** The folder of archived sessions. */
  readonly archivedSessions: FolderInspection;
  /** The folder `conversations`. */
  readonly conversations: FolderInspection;
  /** The folder `logs`. */
  readonly logs: FolderInspection;
}

export async function inspectHome(paths: HomePaths): Promise<HomeInspection> {
  const exists = await homeExists(paths.root);
  const [config, auth, credentials, history, rollouts, conversations, logs] = await Promise.all([
    inspectConfig(paths.configPath),
    inspectAuth(paths.authPath),
    inspectFile(paths.credentialsPath),
    inspectFile(paths.historyPath),
    // Files that cannot be read do not count.
    listRollouts(paths.root, () => undefined),
    inspectFolder(paths.conversationsDir),
    inspectFolder(paths.logsDir),
  ]);
  const below = (folder: string): string[] => rollouts.filter((path) => path.startsWith(folder));
  const [sessions, archivedSessions] = await Promise.all([
    summarize(paths.sessionsDir, below(paths.sessionsDir)),
    summarize(paths.archivedSessionsDir, below(paths.archivedSessionsDir)),
  ]);
  return {
    root: paths.root,
    exists,
    config,
    auth,
    credentials,
    history,
    sessions,
    archivedSessions,
    conversations,
    logs,
  };
}
