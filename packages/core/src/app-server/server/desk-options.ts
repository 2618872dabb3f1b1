import type { DeskOptions } from '../approvals/approval-desk.js';
import type { AppServerOptions } from './options.js';
import type { ThreadRegistry } from './thread-registry.js';

/** Connects the requests of a server to its threads. */
export function deskOptions(
  threads: ThreadRegistry,
  { approvals, handlers = {} }: Pick<AppServerOptions, 'approvals' | 'handlers'>,
): DeskOptions {
  return {
    approvals,
    handlers,
    isObserved: (threadId) => threads.isObserved(threadId),
    isStopped: (threadId) => threads.isStopped(threadId),
    findTool: (threadId, name) => threads.findTool(threadId, name),
    toolAnswered: (params, answer) => {
      const { threadId } = (params ?? {}) as { readonly threadId?: unknown };
      if (typeof threadId === 'string') threads.find(threadId)?.events.receiveToolAnswer(params, answer);
    },
    changesOf: (threadId, itemId) => threads.find(threadId)?.events.changesOf(itemId) ?? [],
    answered: (threadId, requestId) => {
      threads.find(threadId)?.receive({ method: 'serverRequest/resolved', params: { threadId, requestId } });
    },
    notify: (threadId, turnId, { message, code }) => {
      threads.find(threadId)?.events.emit({
        type: 'error',
        thread_id: threadId,
        ...(turnId === '' ? {} : { turn_id: turnId }),
        message,
        code,
      });
    },
  };
}
