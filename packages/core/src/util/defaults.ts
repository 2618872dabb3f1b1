/** Limits and defaults of processes. Times are in ms. */

/** A run, from its spawn to the end of its turn. */
export const RUN_TIMEOUT_MS = 120_000;
/** How long a process may outlive its turn without output. */
export const LINGER_MS = 8_000;
/** Between the steps of a termination: SIGINT, SIGTERM, SIGKILL. */
export const TERMINATE_GRACE_MS = 2_000;
/** Between SIGINT and SIGTERM before the first turn event, where the CLI loses a SIGINT and has nothing to clean up. */
export const EARLY_INTERRUPT_GRACE_MS = 50;
/** A command other than a run. */
export const COMMAND_TIMEOUT_MS = 120_000;
/** Added to the limits of a run whose end is awaited: for cleanup, which has no limit of its own. */
export const CLEANUP_MARGIN_MS = 10_000;

/** One line of standard output. */
export const MAX_LINE_BYTES = 16 * 1024 * 1024;
/** Standard error kept for errors: this much of its start, and as much of its end. */
export const MAX_STDERR_BYTES = 16 * 1024;
/** Output of a command: a full model catalogue or a completion script has a few hundred KB. */
export const MAX_COMMAND_OUTPUT_BYTES = 32 * 1024 * 1024;
