import type { Observable } from 'rxjs';
import type { ImageData } from './image-data.js';

/** A part of the result of a tool: a text, or an image in memory. */
export type ToolContent =
  | { readonly type: 'text'; readonly text: string }
  | ({ readonly type: 'image' } & Pick<ImageData, 'data' | 'mediaType'>);

/** The result of a tool. A string is one text. */
export type ToolResult = string | readonly ToolContent[];

/** The circumstances of a call of a tool. */
export interface ToolContext {
  /** Aborted when the call is over: after its result, its timeout, or the end of the turn. */
  readonly signal: AbortSignal;
  /** The thread whose model calls the tool; over `codex exec` of CLI 0.98, a sub-agent has the id of its parent. */
  readonly threadId: string | undefined;
}

/** The answer to a call for the model: the result, or with `isError` the reason of a failure. */
export interface ToolOutcome {
  /** The parts of the result. */
  readonly content: readonly ToolContent[];
  /** Whether the call failed. The model sees the content as an error. */
  readonly isError: boolean;
}

/** A function of the program that the model may call. Create it with `tool()`. */
export interface Tool {
  /** The name that the model uses. */
  readonly name: string;
  /** The purpose of the tool and when to use it, for the model. */
  readonly description: string;
  /** The JSON Schema of the arguments. */
  readonly inputSchema: Readonly<Record<string, unknown>>;
  /**
   * Calls the tool as a run does, and emits the answer for the model. Never errors. Unsubscribing aborts the call.
   *
   * @param args the arguments, not validated
   */
  call$(args: unknown, context?: { readonly threadId?: string | undefined }): Observable<ToolOutcome>;
}
