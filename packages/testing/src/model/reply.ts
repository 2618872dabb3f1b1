import { outputItem } from './cli-tools.js';
import type { JsonObject, RecordedRequest } from './recorded-request.js';
import type { ScriptedResponse } from './scripted-response.js';
import type { ModelStep, OutputStep, ResponseUsage } from './steps.js';

/** The reply to a request: a status with a body, or an event stream. */
export type Reply =
  | {
      readonly kind: 'http';
      readonly delay: number;
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  | { readonly kind: 'stream'; readonly parts: readonly ReplyPart[] };

export type ReplyPart =
  | { readonly kind: 'event'; readonly event: JsonObject & { readonly type: string } }
  | { readonly kind: 'raw'; readonly text: string }
  | { readonly kind: 'wait'; readonly ms: number }
  /** Destroys the socket. */
  | { readonly kind: 'drop' }
  /** Keeps the stream open. */
  | { readonly kind: 'hang' };

const DEFAULT_USAGE: ResponseUsage = { input: 120, cached: 20, cacheWrite: 0, output: 30, reasoning: 5 };

/**
 * Encodes a response for a request. Pure.
 *
 * @throws ScriptError (`SCRIPT_MISFIT`) if the response does not fit the request.
 */
export function reply({ steps }: ScriptedResponse, request: RecordedRequest): Reply {
  const number = request.index + 1;
  const responseId = `resp_${String(number)}`;
  const parts: ReplyPart[] = [{ kind: 'event', event: { type: 'response.created', response: { id: responseId } } }];
  for (const [index, step] of steps.entries()) {
    if (step.kind === 'usage') continue;
    if (step.kind === 'hang') return stream(parts, wait(step.delay), [{ kind: 'hang' }]);
    if (step.kind === 'fail') {
      if (step.how === 'http')
        return { kind: 'http', delay: step.delay, status: step.status, headers: step.headers, body: step.body };
      const event = step.event && { ...step.event, response: { id: responseId, ...step.event.response } };
      return stream(parts, wait(step.delay), failureParts(step.how, event));
    }
    parts.push(...output(step, request, `${String(number)}_${String(index + 1)}`));
  }
  const response = { id: responseId, usage: wireUsage(usageOf(steps)) };
  return stream(parts, [{ kind: 'event', event: { type: 'response.completed', response } }]);
}

/** Returns the reply to a request without a response. The CLI shows the message of a status 400 unchanged. */
export function errorReply(problem: string): Reply {
  const body = JSON.stringify({ error: { message: problem, type: 'invalid_request_error', code: 'scripted_model' } });
  return { kind: 'http', delay: 0, status: 400, headers: { 'content-type': 'application/json' }, body };
}

/** Serializes an event as a server-sent event. */
export function serializeEvent(event: JsonObject & { readonly type: string }): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

function stream(...parts: readonly (readonly ReplyPart[])[]): Reply {
  return { kind: 'stream', parts: parts.flat() };
}

function wait(ms: number): readonly ReplyPart[] {
  return ms > 0 ? [{ kind: 'wait', ms }] : [];
}

function output(step: OutputStep, request: RecordedRequest, number: string): readonly ReplyPart[] {
  const id = `${prefix(step)}_${number}`;
  const item = outputItem(step, request, { id, callId: `call_${number}` });
  const done: ReplyPart = { kind: 'event', event: { type: 'response.output_item.done', item } };
  if (step.kind === 'search') {
    const added = { type: 'web_search_call', id, status: 'in_progress' };
    return [{ kind: 'event', event: { type: 'response.output_item.added', item: added } }, ...wait(step.delay), done];
  }
  if (step.kind !== 'say' || step.deltas.length === 0) return [...wait(step.delay), done];
  const added = { type: 'message', role: 'assistant', id, content: [] };
  return [
    { kind: 'event', event: { type: 'response.output_item.added', item: added } },
    ...step.deltas.flatMap((delta): readonly ReplyPart[] => [
      ...wait(step.delay),
      { kind: 'event', event: { type: 'response.output_text.delta', item_id: id, delta } },
    ]),
    done,
  ];
}

function prefix({ kind }: OutputStep): string {
  switch (kind) {
    case 'say':
      return 'msg';
    case 'think':
      return 'rs';
    case 'search':
      return 'ws';
    default:
      return 'fc';
  }
}

function failureParts(
  how: 'event' | 'disconnected' | 'dropped' | 'malformed',
  event: (JsonObject & { readonly type: string }) | undefined,
): readonly ReplyPart[] {
  switch (how) {
    case 'event':
      return event ? [{ kind: 'event', event }] : [];
    case 'disconnected':
      return [];
    case 'dropped':
      return [{ kind: 'drop' }];
    case 'malformed':
      return [
        {
          kind: 'raw',
          text: 'event: response.output_item.done\ndata: {"type": "response.output_item.done", "item"\n\n',
        },
      ];
  }
}

function usageOf(steps: readonly ModelStep[]): ResponseUsage {
  let usage = DEFAULT_USAGE;
  for (const step of steps) if (step.kind === 'usage') usage = step.usage;
  return usage;
}

function wireUsage({ input, cached, cacheWrite, output: tokens, reasoning }: ResponseUsage): JsonObject {
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: cached, cache_write_tokens: cacheWrite },
    output_tokens: tokens,
    output_tokens_details: { reasoning_tokens: reasoning },
    total_tokens: input + tokens,
  };
}
