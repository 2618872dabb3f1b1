import type { RecordedRequest } from './recorded-request.js';
import { type Reply, reply } from './reply.js';
import type { ResponseQueue } from './response-queue.js';

/** The reply to a request, or a sentence that says why there is none. */
export function respond(book: ResponseQueue, request: RecordedRequest): Reply | string {
  const which = `scripted model: request ${String(request.index + 1)} (${describe(request)})`;
  const rejected = request.toolOutputs.filter(({ output }) => isRejection(output));
  if (rejected.length > 0) {
    const calls = rejected.map(({ callId, output }) => `${callId}: ${shorten(output)}`).join('; ');
    return `${which}: the CLI rejected a tool call (${calls}). Check the names in the script, and the CLI's version.`;
  }
  let answer: ReturnType<ResponseQueue['next']>;
  try {
    answer = book.next(request);
  } catch (error) {
    return `${which} failed: the when() predicate threw: ${String(error)}`;
  }
  if (answer === undefined) {
    return `${which} found no answer. Given: ${list(book.given())}. Left for other requests: ${list(book.pending())}. Add an answer to the script.`;
  }
  try {
    return reply(answer, request);
  } catch (error) {
    return `${which} cannot get ${answer.label}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** The CLI returns these texts instead of running a tool. Outputs of tools themselves do not start so in any version. */
const isRejection = (output: string): boolean =>
  /^(?:unsupported (?:custom tool )?call: |failed to parse function arguments)/.test(output);

function list(labels: readonly string[]): string {
  return labels.length === 0 ? 'none' : labels.join('; ');
}

/** What a request brings: outputs of tools, or else a prompt. */
function describe({ toolOutputs, prompt }: RecordedRequest): string {
  if (toolOutputs.length === 0) return `prompt ${JSON.stringify(shorten(prompt))}`;
  return `after ${toolOutputs.map(({ callId, output }) => `${callId}: ${JSON.stringify(shorten(output))}`).join(', ')}`;
}

function shorten(text: string): string {
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
