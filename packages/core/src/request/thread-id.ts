const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether `session` is a thread id rather than the name of a session. */
export const isThreadId = (session: string): boolean => UUID.test(session);
