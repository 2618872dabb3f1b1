// Generated from CLI 0.171.0 by `npm run protocol:generate`.

import type { ChatgptAuthTokensRefreshParams, ChatgptAuthTokensRefreshResponse } from './account.js';
import type { ApplyPatchApprovalParams, ApplyPatchApprovalResponse } from './apply-patch-approval.js';
import type { AttestationGenerateParams, AttestationGenerateResponse } from './attestation.js';
import type { ExecCommandApprovalParams, ExecCommandApprovalResponse } from './exec-command-approval.js';
import type {
  CommandExecutionRequestApprovalParams,
  CommandExecutionRequestApprovalResponse,
  DynamicToolCallParams,
  DynamicToolCallResponse,
  FileChangeRequestApprovalParams,
  FileChangeRequestApprovalResponse,
  PermissionsRequestApprovalParams,
  PermissionsRequestApprovalResponse,
  ToolRequestUserInputParams,
  ToolRequestUserInputResponse,
} from './item.js';
import type { McpServerElicitationRequestParams, McpServerElicitationRequestResponse } from './mcp-server.js';

/** Requests of the server to the client, by method. */
export interface ServerRequests {
  readonly 'account/chatgptAuthTokens/refresh': {
    readonly params: ChatgptAuthTokensRefreshParams;
    readonly result: ChatgptAuthTokensRefreshResponse;
  };
  /**
   * DEPRECATED APIs below Request to approve a patch. This request is used for Turns started via the legacy APIs
   * (i.e. SendUserTurn, SendUserMessage).
   */
  readonly applyPatchApproval: {
    readonly params: ApplyPatchApprovalParams;
    readonly result: ApplyPatchApprovalResponse;
  };
  /** Generate a fresh upstream attestation result on demand. */
  readonly 'attestation/generate': {
    readonly params: AttestationGenerateParams;
    readonly result: AttestationGenerateResponse;
  };
  /**
   * Request to exec a command. This request is used for Turns started via the legacy APIs (i.e. SendUserTurn,
   * SendUserMessage).
   */
  readonly execCommandApproval: {
    readonly params: ExecCommandApprovalParams;
    readonly result: ExecCommandApprovalResponse;
  };
  /**
   * NEW APIs Sent when approval is requested for a specific command execution. This request is used for Turns started
   * via turn/start.
   */
  readonly 'item/commandExecution/requestApproval': {
    readonly params: CommandExecutionRequestApprovalParams;
    readonly result: CommandExecutionRequestApprovalResponse;
  };
  /**
   * Sent when approval is requested for a specific file change. This request is used for Turns started via
   * turn/start.
   */
  readonly 'item/fileChange/requestApproval': {
    readonly params: FileChangeRequestApprovalParams;
    readonly result: FileChangeRequestApprovalResponse;
  };
  /** Request approval for additional permissions from the user. */
  readonly 'item/permissions/requestApproval': {
    readonly params: PermissionsRequestApprovalParams;
    readonly result: PermissionsRequestApprovalResponse;
  };
  /** Execute a dynamic tool call on the client. */
  readonly 'item/tool/call': { readonly params: DynamicToolCallParams; readonly result: DynamicToolCallResponse };
  /** EXPERIMENTAL - Request input from the user for a tool call. */
  readonly 'item/tool/requestUserInput': {
    readonly params: ToolRequestUserInputParams;
    readonly result: ToolRequestUserInputResponse;
  };
  /** Request input for an MCP server elicitation. */
  readonly 'mcpServer/elicitation/request': {
    readonly params: McpServerElicitationRequestParams;
    readonly result: McpServerElicitationRequestResponse;
  };
}
