/** The thread and turn that a value belongs to, if its event names them. */
export interface ThreadContext {
  /** The thread, if the event names it. */
  readonly threadId?: string;
  /** The turn, if the event names it. */
  readonly turnId?: string;
}

/** Returns the thread and turn of an event under the names of the SDK's own types, without absent fields. */
export function threadContext(event: {
  readonly thread_id?: string | undefined;
  readonly turn_id?: string | undefined;
}): ThreadContext {
  const { thread_id, turn_id } = event;
  return { ...(thread_id !== undefined && { threadId: thread_id }), ...(turn_id !== undefined && { turnId: turn_id }) };
}
