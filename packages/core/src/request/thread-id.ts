const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Returns whether `session` is a thread id, not the name of a session. */
export const isThreadId = (session: string): boolean => UUID.test(session);
