/** The thread and turn ids of an event, on the wire. */
export interface WireContext {
  readonly thread_id?: string | undefined;
  readonly turn_id?: string | undefined;
}

/** The thread and turn that a value belongs to, where the event names them. */
export interface ThreadContext {
  readonly threadId?: string;
  readonly turnId?: string;
}

/** Returns the thread and turn of an event, without those that are absent. */
export function threadContext({ thread_id, turn_id }: WireContext): ThreadContext {
  return { ...(thread_id !== undefined && { threadId: thread_id }), ...(turn_id !== undefined && { turnId: turn_id }) };
}
