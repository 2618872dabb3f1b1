import type { RecordedRequest } from './recorded-request.js';
import { type Reply, reply } from './reply.js';
import type { ResponseQueue } from './response-queue.js';

/** Returns the reply to a request, or a sentence that explains why the script has no reply. */
export function respond(queue: ResponseQueue, request: RecordedRequest): Reply | string {
  const label = `scripted model: request ${String(request.index + 1)} (${describe(request)})`;
  const rejected = request.toolOutputs.filter(({ output }) => isRejection(output));
  if (rejected.length > 0) {
    const calls = rejected.map(({ callId, output }) => `${callId}: ${shorten(output)}`).join('; ');
    return `${label}: the CLI rejected a tool call (${calls}). Check the names in the script, and the CLI's version.`;
  }
  let response: ReturnType<ResponseQueue['next']>;
  try {
    response = queue.next(request);
  } catch (error) {
    return `${label} failed: a function of the script threw: ${String(error)}`;
  }
  if (response === undefined) {
    const remaining = list(queue.remaining());
    return `${label} matches no response of the script. Sent: ${list(queue.sent())}. Remaining for other requests: ${remaining}. Add a response to the script.`;
  }
  try {
    return reply(response, request);
  } catch (error) {
    return `${label} does not fit ${response.label}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/**
 * Matches the texts that the CLI returns instead of running a tool. No version prefixes the output of a tool with
 * them.
 */
const isRejection = (output: string): boolean =>
  /^(?:unsupported (?:custom tool )?call: |failed to parse function arguments)/.test(output);

function list(labels: readonly string[]): string {
  return labels.length === 0 ? 'none' : labels.join('; ');
}

/** Describes a request by its tool outputs, or by its prompt if it has none. */
function describe({ toolOutputs, prompt }: RecordedRequest): string {
  if (toolOutputs.length === 0) return `prompt ${JSON.stringify(shorten(prompt))}`;
  return `after ${toolOutputs.map(({ callId, output }) => `${callId}: ${JSON.stringify(shorten(output))}`).join(', ')}`;
}

function shorten(text: string): string {
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
