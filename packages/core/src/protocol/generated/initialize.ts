// Generated from CLI 0.171.0 by `npm run protocol:generate`.

import type { AbsolutePathBuf } from './shared.js';

export interface ClientInfo {
  readonly name: string;
  readonly title?: string | null | undefined;
  readonly version: string;
}

/** Client-declared capabilities negotiated during initialize. */
export interface InitializeCapabilities {
  /** Opt into receiving experimental API methods and fields. */
  readonly experimentalApi?: boolean | undefined;
  /**
   * Use explicit gateway OAuth login instead of automatic browser authorization. Applies to this app-server's gateway
   * runtime; later connections cannot undo it.
   */
  readonly explicitGatewayOauth?: boolean | undefined;
  /** MCP extension settings declared by the app-server client. */
  readonly extensions?: Readonly<Record<string, unknown>> | null | undefined;
  /**
   * Legacy opt-in for the `openai/form` MCP extension.
   *
   * New clients should declare `openai/form` in [`Self::extensions`].
   */
  readonly mcpServerOpenaiFormElicitation?: boolean | undefined;
  /**
   * Exact notification method names that should be suppressed for this connection (for example `thread/started`).
   */
  readonly optOutNotificationMethods?: readonly string[] | null | undefined;
  /** Opt into `attestation/generate` requests for upstream `x-oai-attestation`. */
  readonly requestAttestation?: boolean | undefined;
  /**
   * Present `humanCommand` approvals to a person and return only a one-time decision. Requires `experimentalApi`.
   * Pending requests can be replayed to compatible clients.
   */
  readonly requiredHumanApproval?: boolean | undefined;
}

export interface InitializeParams {
  readonly capabilities?: InitializeCapabilities | null | undefined;
  readonly clientInfo: ClientInfo;
}

export interface InitializeResponse {
  /** Absolute path to the server's $CODEX_HOME directory. */
  readonly codexHome: AbsolutePathBuf;
  /** Platform family for the running app-server target, for example `"unix"` or `"windows"`. */
  readonly platformFamily: string;
  /** Operating system for the running app-server target, for example `"macos"`, `"linux"`, or `"windows"`. */
  readonly platformOs: string;
  readonly userAgent: string;
}
