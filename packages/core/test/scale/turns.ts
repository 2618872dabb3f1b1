// Many turns through one app-server: a test measures small numbers, `npm run soak:app-server` 1,000 of the real one.
import { type AppServer, openAppServer } from '@codex-rx/core/app-server';
import { lastValueFrom, toArray } from 'rxjs';
import { EchoTransport } from '../app-server/echo-transport.js';
import { hostState } from './parts.js';

const MIB = 1024 * 1024;

export interface TurnsResult {
  readonly problems: readonly string[];
  /** Heap in MiB after the first fifth of the turns, and at the end. */
  readonly heap: readonly [plateau: number, end: number];
  /** Active resources and listeners of the process, at the same two moments. */
  readonly states: readonly [plateau: Record<string, number>, end: Record<string, number>];
}

/** Opens a server in memory that repeats each prompt. */
export const openEcho = (): ReturnType<typeof openAppServer> =>
  openAppServer({ connect: { transport: new EchoTransport() } });

/**
 * Runs `count` turns one after the other on one server, in turn on one thread and on threads of their own.
 *
 * @param answer what the model says to a prompt
 */
export async function manyTurns(
  server: AppServer,
  count: number,
  answer: (prompt: string) => string = (prompt) => prompt,
): Promise<TurnsResult> {
  const thread = await lastValueFrom(server.thread.start$({ sandbox: 'read-only' }));
  const problems: string[] = [];
  const measured: (readonly [number, Record<string, number>])[] = [];
  const measure = async (): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, 200));
    (globalThis as { gc?: () => void }).gc?.();
    measured.push([process.memoryUsage().heapUsed / MIB, hostState()]);
  };
  for (let index = 0; index < count; index += 1) {
    if (index === Math.ceil(count / 5)) await measure();
    const prompt = `question ${index}`;
    const events$ = index % 2 === 0 ? thread.turn$(prompt) : server.exec$({ prompt, sandbox: 'read-only' });
    const events = await lastValueFrom(events$.pipe(toArray()));
    const texts = events.flatMap((event) =>
      event.type === 'item.completed' && event.item.type === 'agent_message' ? [event.item.text] : [],
    );
    if (texts.join() !== answer(prompt)) problems.push(`${prompt}: ${texts.join()}`);
  }
  await measure();
  const [plateau = [0, {}] as const, end = [0, {}] as const] = measured;
  return {
    problems,
    heap: [plateau[0], end[0]],
    states: [plateau[1], end[1]],
  };
}
