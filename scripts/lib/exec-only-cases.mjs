/** Fault cases that make no sense over the app-server, each with the reason. */
export const EXEC_ONLY = {};
