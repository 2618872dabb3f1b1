import type { RecordedRequest } from './recorded-request.js';
import { createResponseQueue, type ResponseQueue } from './response-queue.js';
import type { ModelScript } from './steps.js';

/** A thread that a scripted model has not seen before. */
export interface ModelRun {
  /** Number of threads before this one. */
  readonly index: number;
  /** The first prompt of the thread. */
  readonly prompt: string;
  /** The id of the thread, if the CLI names it. */
  readonly threadId: string | undefined;
}

/** Returns the script of a new thread. */
export type ModelScriptFactory = (run: ModelRun) => ModelScript;

/** Queues the responses of one script per thread. A sub-agent belongs to the script of the thread that started it. */
export function createRunQueues(scriptOf: ModelScriptFactory): ResponseQueue {
  const queues: ResponseQueue[] = [];
  const byThread = new Map<string | undefined, ResponseQueue>();

  const queueOf = (request: RecordedRequest): ResponseQueue => {
    const { threadId, prompt } = request;
    const known = byThread.get(threadId) ?? queues.find((queue) => queue.hasAgent(request));
    if (known !== undefined) {
      byThread.set(threadId, known);
      return known;
    }
    const queue = createResponseQueue(scriptOf({ index: queues.length, prompt, threadId }));
    queues.push(queue);
    byThread.set(threadId, queue);
    return queue;
  };
  const labels = (each: (queue: ResponseQueue) => readonly string[]): string[] =>
    queues.flatMap((queue, index) => each(queue).map((label) => `run ${String(index + 1)}: ${label}`));
  return {
    next: (request) => queueOf(request).next(request),
    hasAgent: (request) => queues.some((queue) => queue.hasAgent(request)),
    remaining: () => labels((queue) => queue.remaining()),
    sent: () => labels((queue) => queue.sent()),
  };
}
