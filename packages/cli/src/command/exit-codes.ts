/** The exit codes of all commands. A signal ends the program with 128 plus its number, such as 130 for Ctrl-C. */
export const EXIT = {
  ok: 0,
  /** The command did its work, with a negative result: a failed turn, a difference, a problem found. */
  failed: 1,
  /** The command line is wrong. */
  usage: 2,
} as const;
