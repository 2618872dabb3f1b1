import { filter, firstValueFrom, merge, type Observable } from 'rxjs';
import { diagnose } from '../../process/diagnostics.js';
import { firstWithin } from './first-within.js';
import { canFindCommands, killCommands } from './kill-commands.js';
import type { ThreadHub } from './thread-hub.js';

/**
 * Interrupts the running turn of a thread and those of its sub-agents, and kills the commands that they left: first by
 * the server, then, on this machine, by their environment. Bounded by `terminateGrace`. Never rejects.
 *
 * @param end$ emits when the turn has ended
 * @param since commands that started earlier are left alone (clock ticks)
 */
export async function interruptTurn(thread: ThreadHub, end$: Observable<unknown>, since: number): Promise<void> {
  const { server, id: threadId, goal } = thread;
  const { active$ } = thread.events;
  const grace = server.terminateGrace;
  thread.isStopping = true;
  server.cancelApprovals(threadId);
  // Otherwise the server starts the next turn for it.
  if (goal.mayBeActive) {
    goal.isSent = false;
    await attempt(server.request$('thread/goal/set', { threadId, status: 'paused' }, { timeout: grace }));
  }
  // The server refuses an interrupt before `turn/started`, and may not answer one after the end.
  const isKnown = await firstWithin(merge(active$.pipe(filter((id) => id !== undefined)), end$), grace);
  for (const id of [threadId, ...server.descendantsOf(threadId)]) {
    const turnId = server.activeTurnOf(id);
    if (turnId === undefined) continue;
    server.cancelApprovals(id);
    void attempt(server.request$('turn/interrupt', { threadId: id, turnId }, { timeout: grace }));
  }
  // The end of the turn counts, not the answer.
  const isOver = await firstWithin(merge(active$.pipe(filter((id) => id === undefined)), end$), grace);
  if (isKnown && isOver) thread.isStopping = false;
  await killLeft(thread, since);
}

/**
 * Kills the commands that a thread and its sub-agents have left running: first by the server, then, on this machine, by
 * their environment.
 */
export async function killLeft({ server, id: threadId }: ThreadHub, since: number): Promise<void> {
  const grace = server.terminateGrace;
  const threads = new Set([threadId, ...server.descendantsOf(threadId)]);
  if (server.supports('thread/backgroundTerminals/clean'))
    await Promise.all(
      [...threads].map((id) =>
        attempt(server.request$('thread/backgroundTerminals/clean', { threadId: id }, { timeout: grace })),
      ),
    );
  const isKnown = server.isLocal && canFindCommands;
  const left = isKnown ? await killCommands(threads, since, [server.info.pid]) : [];
  // The processes of a remote server cannot be seen from here.
  if (!isKnown || left.length > 0) diagnose({ type: 'leftover', runId: threadId, pids: left });
}

async function attempt(request$: Observable<unknown>): Promise<void> {
  await firstValueFrom(request$, { defaultValue: undefined }).catch(() => undefined);
}
