/** Validation rejects deeper tables, and tables that contain themselves. */
export const MAX_CONFIG_DEPTH = 64;
