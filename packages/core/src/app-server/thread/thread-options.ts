import type { ParamsOf } from '../../protocol/messages.js';
import type { CodexOptions, ImageData } from '../../request/types.js';

/** A part of a prompt, as the protocol has it: text, an image, a skill, a mention of a file. */
export type UserInput = ParamsOf<'turn/start'>['input'][number];
/** A tool of the client that the model may call (`handlers['item/tool/call']`). */
export type DynamicTool = NonNullable<ParamsOf<'thread/start'>['dynamicTools']>[number];

/** Options of a thread, with the names of `CodexOptions`. They are sent again with each turn and each resume. */
export interface ThreadOptions
  extends Pick<
    CodexOptions,
    | 'workingDirectory'
    | 'model'
    | 'sandbox'
    | 'approvalPolicy'
    | 'approvalsReviewer'
    | 'safety'
    | 'config'
    | 'configOverrides'
    | 'reasoning'
    | 'autoReasoningDefaults'
    | 'search'
    | 'enable'
    | 'disable'
    | 'addDirs'
    | 'tools'
  > {
  /** Variables for the commands of this thread. The server's own environment serves all threads. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Instructions in addition to those of the CLI. */
  readonly developerInstructions?: string | undefined;
  /** Instructions instead of those of the CLI. */
  readonly baseInstructions?: string | undefined;
  /** Keep no session file. Such a thread cannot be resumed, and does not survive a lost connection. */
  readonly ephemeral?: boolean | undefined;
  /** Tools as the protocol has them, for own `handlers`. They belong to the thread. `tools` is the simpler option. */
  readonly dynamicTools?: readonly DynamicTool[] | undefined;
}

/** Options of one review. It has the settings of its thread. */
export interface ReviewOptions {
  /**
   * Milliseconds until the turn must end; then it is interrupted. If the server does not react, the error comes later
   * by the steps of `terminateGrace`. Default: no limit.
   */
  readonly timeout?: number | undefined;
  /** Interrupts the turn; the Observable errors with an `AbortError`. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of one turn. Those of the thread apply again to the next turn. */
export interface TurnOptions
  extends Pick<CodexOptions, 'model' | 'sandbox' | 'approvalPolicy' | 'reasoning' | 'workingDirectory'>,
    ReviewOptions {
  /** JSON Schema of the final message, or a schema that can be converted to one. */
  readonly outputSchema?: object | undefined;
  /** Paths of images, relative to the host's working directory, or their bytes. */
  readonly images?: readonly (string | ImageData)[] | undefined;
}
