import type { FailureCategory } from '../events/events.js';
import { type FailureRule, LOG_RULES, REFUSED, STARTUP_RULES, TRANSIENT, TURN_RULES } from './failure-rules.js';
import { splitLog } from './log-records.js';

export interface ObservedFailure {
  /** Message of `turn.failed`. */
  readonly message: string | undefined;
  /** The last `error` event. */
  readonly notice: string | undefined;
  readonly stderr: string;
  readonly exitCode: number | null;
}

/** The CLI puts this before every end of a stream, also before a refusal by the model's host. */
const STREAM_PREFIX = 'stream disconnected before completion';

function find(rules: readonly FailureRule[], text: string): FailureCategory | undefined {
  return rules.find(([, pattern]) => pattern.test(text))?.[0];
}

/** Words of a refusal, such as "transport", do not make it transient. */
function categorizeReason(reason: string): FailureCategory | undefined {
  const rules = REFUSED.test(reason) ? TURN_RULES.filter(([category]) => !TRANSIENT.has(category)) : TURN_RULES;
  return find(rules, reason);
}

function categorizeMessage(message: string): FailureCategory | undefined {
  const at = message.toLowerCase().lastIndexOf(STREAM_PREFIX);
  if (at === -1) return categorizeReason(message);
  const reason = message
    .slice(at + STREAM_PREFIX.length)
    .replace(/^:/, '')
    .trim();
  return reason === '' ? 'disconnected' : categorizeReason(reason);
}

/** Returns the category of a failure: from the message of the turn, otherwise from the exit of the process. */
export function categorize(failure: ObservedFailure): FailureCategory {
  if (failure.message !== undefined) return categorizeMessage(failure.message) ?? 'unknown';
  if (failure.exitCode === 101) return 'panic';
  if (failure.exitCode === 2) return 'usage';
  const { lines, errors } = splitLog(failure.stderr);
  return (
    find(STARTUP_RULES, lines.join('\n')) ??
    (failure.notice === undefined ? undefined : categorizeMessage(failure.notice)) ??
    find(LOG_RULES, errors.join('\n')) ??
    'unknown'
  );
}
