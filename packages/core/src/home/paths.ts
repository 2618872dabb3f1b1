/** The absolute paths of a Codex home. */
export interface HomePaths {
  /** The folder of the home. */
  readonly root: string;
  /** `config.toml` */
  readonly configPath: string;
  /** `auth.json`: the login. */
  readonly authPath: string;
  /** `.credentials.json`: logins of MCP servers. */
  readonly credentialsPath: string;
  /** `history.jsonl`: prompts of the interactive CLI. */
  readonly historyPath: string;
  /** `sessions`: the rollouts. */
  readonly sessionsDir: string;
  /** `archived_sessions` */
  readonly archivedSessionsDir: string;
  /** `conversations` */
  readonly conversationsDir: string;
  /** `logs` */
  readonly logsDir: string;
}
