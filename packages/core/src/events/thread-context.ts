/** The thread and turn that a value belongs to, if its event names them. */
export interface ThreadContext {
  /** The thread, if the event names it. */
  readonly threadId?: string;
  /** The turn, if the event names it. */
  readonly turnId?: string;
}

/** Returns the thread and turn of an event as they are named in the SDK's own types. Leaves out what is absent. */
export function threadContext(event: {
  readonly thread_id?: string | undefined;
  readonly turn_id?: string | undefined;
}): ThreadContext {
  const { thread_id, turn_id } = event;
  return { ...(thread_id !== undefined && { threadId: thread_id }), ...(turn_id !== undefined && { turnId: turn_id }) };
}
