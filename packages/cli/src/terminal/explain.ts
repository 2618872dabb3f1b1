import { type FailureCategory, isCodexError } from '@codex-rx/core';

/** Advice for failures whose message does not say what to do. */
const advice: Readonly<Partial<Record<FailureCategory, string>>> = {
  auth: 'Log in with `codex login`, then try again.',
  overloaded: 'The service is overloaded: try again later.',
  disconnected: 'The connection to the model broke: check the network, then try again.',
  config: 'Check config.toml in the CODEX_HOME of the CLI.',
};

/**
 * Explains an error to people: what went wrong, then what to do.
 *
 * @param error anything that was thrown
 * @returns lines, which may contain control characters of the run
 */
export function explain(error: unknown): readonly string[] {
  if (!isCodexError(error)) return [error instanceof Error ? error.message : String(error)];
  switch (error.code) {
    case 'BINARY_NOT_FOUND':
      return [
        error.message,
        `@openai/codex has one for Linux, macOS and Windows, x64 and arm64; this is ${process.platform}-${process.arch}.`,
      ];
    case 'TURN_FAILED':
    case 'EXIT': {
      const resets = error.resetsAt && `It is reset at ${error.resetsAt.toLocaleString()}.`;
      return [error.message, advice[error.category], resets].filter((line) => line !== undefined);
    }
    default:
      return [error.message];
  }
}
