// Generated from CLI 0.171.0 by `npm run protocol:generate`.

export interface EnvironmentAddParams {
  /**
   * Optional raw bearer token for executor authentication, including reconnects. Requires a secure transport or a
   * loopback destination.
   */
  readonly authBearerToken?: string | null | undefined;
  /** Optional WebSocket connection timeout. The server default applies when omitted. */
  readonly connectTimeoutMs?: number | null | undefined;
  readonly environmentId: string;
  readonly execServerUrl: string;
  /** Required skills supplied by this environment, checked before model inference. */
  readonly skills?: EnvironmentSkillsParams | null | undefined;
  /**
   * Optional X-Request-ID for the direct WebSocket upgrade, including reconnects. Requires a secure transport or a
   * loopback destination.
   */
  readonly websocketRequestId?: string | null | undefined;
}

export type EnvironmentAddResponse = Readonly<Record<string, unknown>>;

export interface EnvironmentInfoParams {
  readonly environmentId: string;
}

export interface EnvironmentInfoResponse {
  /** Default working directory reported by the environment, as a canonical file URI. */
  readonly cwd?: PathUri | null | undefined;
  readonly shell: EnvironmentShellInfo;
}

export interface EnvironmentShellInfo {
  /** Stable shell name, for example `zsh`, `bash`, `powershell`, `sh`, or `cmd`. */
  readonly name: string;
  /** Target-native shell executable path or command name. */
  readonly path: string;
}

export interface EnvironmentSkillsParams {
  /** Exact catalog names that must be available from this environment. */
  readonly required?: readonly string[] | null | undefined;
}

/**
 * Current status observed by app-server without starting or recovering an environment.
 *
 * For a currently ready remote environment, app-server asks the existing exec-server connection for
 * `environment/status` without allowing recovery.
 */
export type EnvironmentStatusKind = 'ready' | 'pending' | 'disconnected' | 'unknown';

/** Parameters for reading the current status of one configured environment. */
export interface EnvironmentStatusParams {
  /** Environment id to inspect. */
  readonly environmentId: string;
}

/** Current status for the requested environment. */
export interface EnvironmentStatusResponse {
  /** Human-readable detail for `disconnected` and `unknown`; omitted for other statuses. */
  readonly error?: string | null | undefined;
  /** Current status observed without starting or recovering the environment. */
  readonly status: EnvironmentStatusKind;
}

export type PathUri = string;
