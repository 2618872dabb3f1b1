import type { ApprovalHandler } from '../../app-server/approvals/types.js';
import type { ProcessOptions } from '../../app-server/transport/process-options.js';
import { RequestError } from '../../errors/index.js';
import { checkMultiline, checkNotEmpty, checkPath, checkTable } from '../../request/checks.js';
import type { ApprovalPolicy, ConfigTable, SandboxMode } from '../../request/types.js';
import { type Check, validateNamed } from '../../request/validate.js';

/** Options of `mcpServer$` and `openMcpServer`. */
export interface CodexMcpServerOptions extends Omit<ProcessOptions, 'analytics'> {
  /** Decides about commands and changes. Default: none, and the policy of threads is `never`. */
  readonly approvals?: ApprovalHandler | undefined;
}

interface CallOptions {
  /** Milliseconds until the turn is interrupted; 0 or `Infinity` for no limit. Default: no limit. */
  readonly timeout?: number | undefined;
  /** Interrupts the turn, which errors with an `AbortError`. */
  readonly signal?: AbortSignal | undefined;
}

/** A prompt on a new thread. */
export interface CodexCall extends CallOptions {
  /** The prompt. */
  readonly prompt: string;
  /** The folder of the agent. Default: the host's. */
  readonly workingDirectory?: string | undefined;
  /** The model. Default: that of the configuration. */
  readonly model?: string | undefined;
  /** A profile of the configuration. */
  readonly profile?: string | undefined;
  /** The permissions of the agent's commands. */
  readonly sandbox?: SandboxMode | undefined;
  /** When the CLI asks for approval. Default: `never` without `approvals`, else that of the configuration. */
  readonly approvalPolicy?: ApprovalPolicy | undefined;
  /** Settings of the thread. */
  readonly config?: ConfigTable | undefined;
  /** Instructions instead of the CLI's own. */
  readonly baseInstructions?: string | undefined;
  /** Instructions in addition to the CLI's own. */
  readonly developerInstructions?: string | undefined;
}

/** A prompt on a thread of this server. */
export interface CodexReply extends CallOptions {
  /** The thread, which this server has started. */
  readonly threadId: string;
  /** The prompt. */
  readonly prompt: string;
}

const SERVER_OPTIONS = [
  ...['binary', 'codexHome', 'createHomeDirs', 'env', 'inheritEnv', 'config', 'configOverrides', 'enable', 'disable'],
  ...['terminateGrace', 'maxLineBytes', 'model', 'signal'],
];
const table: Check = (field, value) => {
  checkTable(field, value);
};

/** @throws RequestError */
export function validateServer(options: object): void {
  checkTable('options', options);
  validateNamed(options, SERVER_OPTIONS, {
    approvals: (field, value) => {
      if (typeof value !== 'function') throw new RequestError(field, 'must be a function.');
    },
  });
}

/** @throws RequestError */
export function validateCall(request: CodexCall | CodexReply): void {
  checkTable('request', request);
  checkNotEmpty('prompt', (request as { prompt?: unknown }).prompt);
  validateNamed(
    request,
    ['timeout', 'signal', 'model', 'profile', 'sandbox', 'approvalPolicy'],
    'threadId' in request
      ? { prompt: checkMultiline, threadId: checkNotEmpty }
      : {
          prompt: checkMultiline,
          workingDirectory: checkPath,
          config: table,
          baseInstructions: checkMultiline,
          developerInstructions: checkMultiline,
        },
  );
}
