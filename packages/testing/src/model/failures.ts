import { RequestError } from '@codex-rx/core/errors';

/** Replies with a status and a body instead of a stream. */
interface HttpFailure {
  readonly kind: 'fail';
  readonly how: 'http';
  readonly label: string;
  readonly delay: number;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Breaks the stream after the preceding steps. */
interface StreamFailure {
  readonly kind: 'fail';
  readonly how: 'event' | 'disconnected' | 'dropped' | 'malformed';
  readonly label: string;
  readonly delay: number;
  /** The last event of the stream (`how: 'event'`). */
  readonly event?: { readonly type: string; readonly response: Readonly<Record<string, unknown>> };
}

export type FailureStep = HttpFailure | StreamFailure;

/** How a response fails. `model.fail` documents the message of the CLI for each kind. */
export type FailureKind =
  | 'bad_request'
  | 'unauthorized'
  | 'usage_limit'
  | 'rate_limited'
  | 'server_error'
  | 'overloaded'
  | 'disconnected'
  | 'dropped'
  | 'malformed'
  | 'context_overflow'
  | 'quota'
  | 'refused'
  | 'incomplete';

/** Options of `model.fail()`. */
export interface FailureOptions {
  /** Message of the error. The CLI shows it for some kinds only. */
  readonly message?: string | undefined;
  /** Delay of the failure in ms. Default 0. */
  readonly delay?: number | undefined;
  /** `usage_limit`: when the limit resets. Default: in an hour. */
  readonly resetsAt?: Date | undefined;
  /** `usage_limit`: plan of the account. Default `plus`. */
  readonly plan?: string | undefined;
  /** `incomplete`: reason. Default `max_output_tokens`. */
  readonly reason?: string | undefined;
  /** A numeric status: code in the body. */
  readonly code?: string | undefined;
  /** Headers of the reply. Applies to HTTP statuses. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/**
 * Returns a failure of a kind or with an HTTP status. Pure, except that `usage_limit` without `resetsAt` reads the
 * clock.
 *
 * @throws RequestError if the status is not an integer from 400 to 599.
 */
export function failure(kind: FailureKind | number, options: FailureOptions): FailureStep {
  const { message, delay = 0 } = options;
  const http = (status: number, error: Record<string, unknown>): HttpFailure => ({
    kind: 'fail',
    how: 'http',
    label: `fail(${typeof kind === 'number' ? String(kind) : `'${kind}'`})`,
    delay,
    status,
    headers: { 'content-type': 'application/json', ...options.headers },
    body: JSON.stringify({ error }),
  });
  const stream = (how: StreamFailure['how'], event?: StreamFailure['event']): StreamFailure => ({
    kind: 'fail',
    how,
    label: `fail('${String(kind)}')`,
    delay,
    ...(event && { event }),
  });
  const failed = (code: string, text: string) =>
    stream('event', {
      type: 'response.failed',
      response: { status: 'failed', error: { code, message: message ?? text } },
    });

  if (typeof kind === 'number') {
    if (!(Number.isInteger(kind) && kind >= 400 && kind < 600)) {
      throw new RequestError(
        'fail',
        `must be a status from 400 to 599, or a kind such as 'dropped', got ${String(kind)}.`,
      );
    }
    return http(kind, {
      message: message ?? `The scripted model replies with status ${String(kind)}.`,
      type: kind < 500 ? 'invalid_request_error' : 'server_error',
      ...(options.code !== undefined && { code: options.code }),
    });
  }
  switch (kind) {
    case 'bad_request':
      return http(400, {
        message: message ?? 'The request is not valid.',
        type: 'invalid_request_error',
        code: 'invalid_value',
      });
    case 'unauthorized':
      return http(401, {
        message: message ?? 'Incorrect API key provided.',
        type: 'invalid_request_error',
        code: 'invalid_api_key',
      });
    case 'usage_limit':
      return http(429, usageLimit(options));
    case 'rate_limited':
      return http(429, { message: message ?? 'Rate limit reached.', type: 'requests', code: 'rate_limit_exceeded' });
    case 'server_error':
      return http(500, { message: message ?? 'The server had an error.', type: 'server_error' });
    case 'overloaded':
      return http(503, { message: message ?? 'The server is overloaded.', code: 'server_is_overloaded' });
    case 'disconnected':
    case 'dropped':
    case 'malformed':
      return stream(kind);
    case 'context_overflow':
      return failed('context_length_exceeded', 'The input exceeds the context window of this model.');
    case 'quota':
      return failed(
        'insufficient_quota',
        'You exceeded your current quota, please check your plan and billing details.',
      );
    case 'refused':
      return failed('invalid_prompt', 'The prompt was refused.');
    case 'incomplete':
      return stream('event', {
        type: 'response.incomplete',
        response: { status: 'incomplete', incomplete_details: { reason: options.reason ?? 'max_output_tokens' } },
      });
  }
}

function usageLimit({ message, plan = 'plus', resetsAt }: FailureOptions): Record<string, unknown> {
  const reset = Math.round((resetsAt?.getTime() ?? Date.now() + 3_600_000) / 1000);
  return {
    type: 'usage_limit_reached',
    message: message ?? 'The usage limit has been reached.',
    plan_type: plan,
    resets_at: reset,
  };
}
