// Generated from CLI 0.171.0 by `npm run protocol:generate`.

export interface MockExperimentalMethodParams {
  /** Test-only payload field. */
  readonly value?: string | null | undefined;
}

export interface MockExperimentalMethodResponse {
  /** Echoes the input `value`. */
  readonly echoed?: string | null | undefined;
}
