import type { FailureCategory } from '../events/events.js';

export type FailureRule = readonly [FailureCategory, RegExp];

// The CLI has no error codes, and its sentences differ between versions (apostrophes, prefixes, urls), so the patterns
// are loose. The first match wins. test/outcome/failure-sentences.ts lists the sentences with their versions.
export const TURN_RULES: readonly FailureRule[] = [
  [
    'usage_limit',
    /hit your (?:usage limit|spend cap)|out of credits|usage_limit_reached|usage limit reached|reached your (?:usage|workspace credit) limit|quota exceeded|exceeded your current quota|insufficient_quota|billing[_ ]hard[_ ]limit|to use codex with your chatgpt plan/i,
  ],
  ['input_too_large', /input_too_large|input exceeds the maximum length/i],
  ['context', /context window|context_length_exceeded|context length/i],
  [
    'config',
    /invalid schema|invalid_json_schema|model_not_found|\bmodel\b[^\n]{0,100}(?:does not exist|is not supported|not found|requires a newer version)|unsupported model|not supported when using codex|supported values are|un(?:supported|known) parameter/i,
  ],
  [
    'auth',
    /unauthorized|\b40[13]\b[^\n]{0,200}forbidden|missing bearer|missing environment variable|incorrect api key|invalid api key|not logged in|not signed in|sign(?:ing)? in again|refresh token|token could not be refreshed/i,
  ],
  [
    'overloaded',
    /at capacity|capacity is unavailable|high demand|overloaded|rate limit|too many requests|\b(?:status|http)(?: code)?:? (?:429|5\d\d)\b|service unavailable/i,
  ],
  // The model stopped early, which older versions report as a broken stream.
  ['unknown', /incomplete response returned/i],
  [
    'disconnected',
    /connection failed|error sending request|error decoding response|reconnecting|waiting for network|network error|connection (?:reset|refused|closed|aborted)|stream closed|idle timeout|timed out|broken pipe|unexpected eof|websocket|transport|error occurred while processing|server (?:had an )?error/i,
  ],
];

/** A refusal by the host of the model that another attempt does not change: all but 408, 409, 425 and 429. */
export const REFUSED = /\bunexpected status 4(?!0[89]|25|29)\d\d\b/i;
export const TRANSIENT: ReadonlySet<FailureCategory> = new Set(['overloaded', 'disconnected']);

export const STARTUP_RULES: readonly FailureRule[] = [
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

/** Successful runs also log words such as "unauthorized", so only these sentences of the log decide. */
export const LOG_RULES: readonly FailureRule[] = [['auth', /refresh token|sign(?:ing)? in again|not logged in/i]];
