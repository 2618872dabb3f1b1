// Generated from CLI 0.171.0 by `npm run protocol:generate`.

export type McpElicitationArrayType = 'array';

export interface McpElicitationBooleanSchema {
  readonly default?: boolean | null | undefined;
  readonly description?: string | null | undefined;
  readonly title?: string | null | undefined;
  readonly type: McpElicitationBooleanType;
}

export type McpElicitationBooleanType = 'boolean';

export interface McpElicitationConstOption {
  readonly const: string;
  readonly title: string;
}

export type McpElicitationEnumSchema =
  | McpElicitationSingleSelectEnumSchema
  | McpElicitationMultiSelectEnumSchema
  | McpElicitationLegacyTitledEnumSchema;

export interface McpElicitationLegacyTitledEnumSchema {
  readonly default?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly enum: readonly string[];
  readonly enumNames?: readonly string[] | null | undefined;
  readonly title?: string | null | undefined;
  readonly type: McpElicitationStringType;
}

export type McpElicitationMultiSelectEnumSchema =
  | McpElicitationUntitledMultiSelectEnumSchema
  | McpElicitationTitledMultiSelectEnumSchema;

export interface McpElicitationNumberSchema {
  readonly default?: number | null | undefined;
  readonly description?: string | null | undefined;
  readonly maximum?: number | null | undefined;
  readonly minimum?: number | null | undefined;
  readonly title?: string | null | undefined;
  readonly type: McpElicitationNumberType;
}

export type McpElicitationNumberType = 'number' | 'integer';

export type McpElicitationObjectType = 'object';

export type McpElicitationPrimitiveSchema =
  | McpElicitationEnumSchema
  | McpElicitationStringSchema
  | McpElicitationNumberSchema
  | McpElicitationBooleanSchema;

/**
 * Typed form schema for MCP `elicitation/create` requests.
 *
 * This matches the `requestedSchema` shape from the MCP 2025-11-25 `ElicitRequestFormParams` schema.
 */
export interface McpElicitationSchema {
  readonly $schema?: string | null | undefined;
  readonly properties: Readonly<Record<string, McpElicitationPrimitiveSchema>>;
  readonly required?: readonly string[] | null | undefined;
  readonly type: McpElicitationObjectType;
}

export type McpElicitationSingleSelectEnumSchema =
  | McpElicitationUntitledSingleSelectEnumSchema
  | McpElicitationTitledSingleSelectEnumSchema;

export type McpElicitationStringFormat = 'email' | 'uri' | 'date' | 'date-time';

export interface McpElicitationStringSchema {
  readonly default?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly format?: McpElicitationStringFormat | null | undefined;
  readonly maxLength?: number | null | undefined;
  readonly minLength?: number | null | undefined;
  readonly title?: string | null | undefined;
  readonly type: McpElicitationStringType;
}

export type McpElicitationStringType = 'string';

export interface McpElicitationTitledEnumItems {
  readonly anyOf: readonly McpElicitationConstOption[];
}

export interface McpElicitationTitledMultiSelectEnumSchema {
  readonly default?: readonly string[] | null | undefined;
  readonly description?: string | null | undefined;
  readonly items: McpElicitationTitledEnumItems;
  readonly maxItems?: number | null | undefined;
  readonly minItems?: number | null | undefined;
  readonly title?: string | null | undefined;
  readonly type: McpElicitationArrayType;
}

export interface McpElicitationTitledSingleSelectEnumSchema {
  readonly default?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly oneOf: readonly McpElicitationConstOption[];
  readonly title?: string | null | undefined;
  readonly type: McpElicitationStringType;
}

export interface McpElicitationUntitledEnumItems {
  readonly enum: readonly string[];
  readonly type: McpElicitationStringType;
}

export interface McpElicitationUntitledMultiSelectEnumSchema {
  readonly default?: readonly string[] | null | undefined;
  readonly description?: string | null | undefined;
  readonly items: McpElicitationUntitledEnumItems;
  readonly maxItems?: number | null | undefined;
  readonly minItems?: number | null | undefined;
  readonly title?: string | null | undefined;
  readonly type: McpElicitationArrayType;
}

export interface McpElicitationUntitledSingleSelectEnumSchema {
  readonly default?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly enum: readonly string[];
  readonly title?: string | null | undefined;
  readonly type: McpElicitationStringType;
}

export interface McpResourceReadParams {
  /** Additional MCP request metadata. Account and turn routing keys are reserved. */
  readonly _meta?: Readonly<Record<string, unknown>> | null | undefined;
  readonly connectorId?: string | null | undefined;
  /** Exact registration scope; omission preserves legacy name-only selection. */
  readonly environmentId?: string | null | undefined;
  /** Originating MCP tool call used to select the resource's app. */
  readonly originCallId?: string | null | undefined;
  readonly server: string;
  /** Explicit hosted app/account. Omit to retain legacy resource discovery. */
  readonly target?: McpResourceReadTarget | null | undefined;
  readonly threadId?: string | null | undefined;
  readonly uri: string;
}

export interface McpResourceReadResponse {
  readonly contents: readonly ResourceContent[];
  /** Originating call when the server applied app-specific resource scoping. */
  readonly originCallId?: string | null | undefined;
}

export interface McpResourceReadTarget {
  readonly connectorId: string;
  /** Null explicitly requests no-auth access, subject to the app's resource policy. */
  readonly linkId: string | null;
}

export type McpServerElicitationAction = 'accept' | 'decline' | 'cancel';

export type McpServerElicitationRequestParams = {
  /** Registration scope, not necessarily the server's execution environment. */
  readonly environmentId?: string | null | undefined;
  readonly serverName: string;
  readonly threadId: string;
  /**
   * Active Codex turn when this elicitation was observed, if app-server could correlate one.
   *
   * This is nullable because MCP models elicitation as a standalone server-to-client request identified by the MCP
   * server request id. It may be triggered during a turn, but turn context is app-server correlation rather than part
   * of the protocol identity of the elicitation itself.
   */
  readonly turnId?: string | null | undefined;
} & (
  | {
      readonly _meta?: unknown;
      readonly challenge: string;
      readonly description: string;
      readonly mode: 'openai/userVerification';
      readonly title: string;
    }
  | {
      readonly _meta?: unknown;
      readonly message: string;
      readonly mode: 'form';
      readonly requestedSchema: McpElicitationSchema;
    }
  | {
      readonly _meta?: unknown;
      readonly message: string;
      readonly mode: 'openai/form';
      readonly requestedSchema: unknown;
    }
  | {
      readonly _meta?: unknown;
      readonly message: string;
      readonly mode: 'openaiForm';
      readonly requestedSchema: unknown;
    }
  | {
      readonly _meta?: unknown;
      readonly elicitationId: string;
      readonly message: string;
      readonly mode: 'url';
      readonly url: string;
    }
);

export interface McpServerElicitationRequestResponse {
  /** Optional client metadata for form-mode action handling. */
  readonly _meta?: unknown;
  readonly action: McpServerElicitationAction;
  /**
   * Structured user input for accepted elicitations, mirroring RMCP `CreateElicitationResult`.
   *
   * This is nullable because decline/cancel responses have no content.
   */
  readonly content?: unknown;
}

export interface McpServerEventNotification {
  readonly method: string;
  readonly params: unknown;
}

export interface McpServerEventStreamNotification {
  readonly notification: McpServerEventNotification;
  readonly subscriptionId: string;
}

export interface McpServerEventStreamStartParams {
  readonly _meta?: unknown;
  readonly arguments: unknown;
  readonly name: string;
  readonly server: string;
  readonly subscriptionId: string;
  readonly threadId: string;
}

export type McpServerEventStreamStartResponse = Readonly<Record<string, unknown>>;

export interface McpServerEventStreamStopParams {
  readonly subscriptionId: string;
}

export type McpServerEventStreamStopResponse = Readonly<Record<string, unknown>>;

export type McpServerOauthClientRegistration = 'auto' | 'cimd' | 'dcr';

export interface McpServerOauthLoginCompletedNotification {
  readonly error?: string | null | undefined;
  /** Identifies the explicit login attempt. Older servers omit this field. */
  readonly loginId?: string | null | undefined;
  readonly name: string;
  readonly success: boolean;
  readonly threadId?: string | null | undefined;
}

export interface McpServerOauthLoginParams {
  /** Registration strategy for this login only; omission selects automatic discovery. */
  readonly clientRegistration?: McpServerOauthClientRegistration | null | undefined;
  /** Exact registration scope; omission preserves legacy name-only selection. */
  readonly environmentId?: string | null | undefined;
  readonly name: string;
  readonly scopes?: readonly string[] | null | undefined;
  readonly threadId?: string | null | undefined;
  readonly timeoutSecs?: number | null | undefined;
}

export interface McpServerOauthLoginResponse {
  readonly authorizationUrl: string;
  /**
   * Identifies this login attempt across the response and completion notification. Older servers omit this field;
   * current servers always return it.
   */
  readonly loginId?: string | null | undefined;
}

export type McpServerStartupFailureReason = 'reauthenticationRequired';

export type McpServerStartupState = 'starting' | 'ready' | 'failed' | 'cancelled';

export interface McpServerStatusUpdatedNotification {
  /** Registration scope, not necessarily the server's execution environment. */
  readonly environmentId?: string | null | undefined;
  readonly error?: string | null | undefined;
  readonly failureReason?: McpServerStartupFailureReason | null | undefined;
  readonly name: string;
  readonly status: McpServerStartupState;
  readonly threadId?: string | null | undefined;
}

export interface McpServerToolCallParams {
  readonly _meta?: unknown;
  readonly arguments?: unknown;
  /** Exact registration scope; omission preserves legacy name-only selection. */
  readonly environmentId?: string | null | undefined;
  readonly server: string;
  readonly threadId: string;
  readonly tool: string;
}

export interface McpServerToolCallResponse {
  readonly _meta?: unknown;
  readonly content: readonly unknown[];
  readonly isError?: boolean | null | undefined;
  readonly structuredContent?: unknown;
}

/** Contents returned when reading a resource from an MCP server. */
export type ResourceContent =
  | {
      readonly _meta?: unknown;
      readonly mimeType?: string | null | undefined;
      readonly text: string;
      /** The URI of this resource. */
      readonly uri: string;
    }
  | {
      readonly _meta?: unknown;
      readonly blob: string;
      readonly mimeType?: string | null | undefined;
      /** The URI of this resource. */
      readonly uri: string;
    };
