import type { FailureCategory } from '../events/events.js';

export interface ObservedFailure {
  /** Message of `turn.failed`. */
  readonly message: string | undefined;
  /** The last `error` event. */
  readonly notice: string | undefined;
  readonly stderr: string;
  readonly exitCode: number | null;
}

// The CLI has no error codes, and its sentences differ between versions (apostrophes, prefixes, urls), so the patterns
// are loose. The first match wins.
const TURN_PATTERNS: readonly (readonly [FailureCategory, RegExp])[] = [
  [
    'usage_limit',
    /hit your usage limit|usage_limit_reached|quota exceeded|exceeded your current quota|insufficient_quota/i,
  ],
  ['input_too_large', /input_too_large|input exceeds the maximum length/i],
  ['context', /context window|context_length_exceeded|context length/i],
  [
    'auth',
    /unauthorized|\b40[13]\b[^\n]{0,200}forbidden|missing bearer|missing environment variable|incorrect api key|invalid api key|not logged in|not signed in|sign in again|refresh token/i,
  ],
  [
    'overloaded',
    /at capacity|high demand|overloaded|rate limit|too many requests|last status: 5\d\d|unexpected status 5\d\d|\b(429|503|529)\b/i,
  ],
  // The model stopped early, which older versions report as a broken stream.
  ['unknown', /incomplete response returned/i],
  [
    'disconnected',
    /stream disconnected|connection failed|error sending request|reconnecting|waiting for network|network error|connection (reset|refused|closed)/i,
  ],
];

const STARTUP_PATTERNS: readonly (readonly [FailureCategory, RegExp])[] = [
  ['panic', /panicked at/i],
  ['input_too_large', /input_too_large|input exceeds the maximum length/i],
  ['usage', /^error: /m],
  ['auth', /not logged in|not signed in|(auth|token) not available|missing environment variable|401 unauthorized/i],
  [
    'config',
    /config\.toml|parsing -c overrides|toml parse error|in `[\w.]+`|config profile|unknown feature|mcp servers? failed|output schema|is no longer supported|codex_home|model provider/i,
  ],
  [
    'usage',
    /not inside a trusted directory|no prompt provided|specify --uncommitted|no such file or directory|failed to read prompt/i,
  ],
];

const find = (
  table: readonly (readonly [FailureCategory, RegExp])[],
  text: string | undefined,
): FailureCategory | undefined =>
  text === undefined ? undefined : table.find(([, pattern]) => pattern.test(text))?.[0];

/** Returns the category of a failure: from the message of the turn, otherwise from the exit of the process. */
export function categorize(failure: ObservedFailure): FailureCategory {
  if (failure.message !== undefined) return find(TURN_PATTERNS, failure.message) ?? 'unknown';
  if (failure.exitCode === 101) return 'panic';
  if (failure.exitCode === 2) return 'usage';
  // Log lines of successful runs contain words such as "unauthorized", so they are removed.
  const own = failure.stderr.replace(/^\S+Z\s+(ERROR|WARN|INFO|DEBUG|TRACE)\s.*$/gm, '');
  return find(STARTUP_PATTERNS, own) ?? find(TURN_PATTERNS, failure.notice) ?? 'unknown';
}
