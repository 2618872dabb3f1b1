import type { ThreadEvent } from '@codex-rx/core';
import { openAppServer } from '@codex-rx/core/app-server';
import fc from 'fast-check';
import { lastValueFrom, toArray } from 'rxjs';
import { EchoTransport } from './echo-transport.js';

const TURNS = 16;
const MESSAGES = 8;

/** For each message in turn the number of the turn that it belongs to, and when the answers to the starts come. */
const interleavings = fc.record({
  order: fc.array(fc.nat({ max: TURNS - 1 }), { minLength: TURNS * MESSAGES, maxLength: TURNS * MESSAGES }),
  answerAt: fc.array(fc.nat({ max: MESSAGES }), { minLength: TURNS, maxLength: TURNS }),
});
type Interleaving = typeof interleavings extends fc.Arbitrary<infer T> ? T : never;

interface Turn {
  readonly threadId: string;
  readonly events: readonly ThreadEvent[];
}

/** Runs the turns concurrently; the server sends their messages in this order. */
async function runTurns({ order, answerAt }: Interleaving): Promise<readonly Turn[]> {
  const queues: object[][] = [];
  const transport: EchoTransport = new EchoTransport(({ answer, notifications }) => {
    const at = answerAt[queues.length] ?? 0;
    queues.push([...notifications.slice(0, at), answer, ...notifications.slice(at)]);
    if (queues.length < TURNS) return;
    const ordered = [...order.flatMap((preferred) => nextOf(queues, preferred)), ...queues.flat()];
    for (const message of ordered) transport.deliver({ ...message });
  });
  await using server = await openAppServer({ connect: { transport } });
  const turns = Array.from({ length: TURNS }, async (_, index) => {
    const thread = await lastValueFrom(server.thread.start$());
    const events = await lastValueFrom(thread.turn$(`answer of ${index}`).pipe(toArray()));
    return { threadId: thread.id, events };
  });
  return await Promise.all(turns);
}

/** Takes the next message of a turn, or of the next turn that has one. */
function nextOf(queues: readonly object[][], preferred: number): object[] {
  const order = [...queues.slice(preferred), ...queues.slice(0, preferred)];
  return order.find((queue) => queue.length > 0)?.splice(0, 1) ?? [];
}

/** Whether a turn has exactly the events of its own prompt, in their order. */
function isRight({ threadId, events }: Turn, index: number): boolean {
  const outline = events.map((event) => (event.type === 'item.delta' ? event.delta.text_delta : event.type));
  return (
    events.every(({ thread_id }) => thread_id === threadId) &&
    outline.join('|') ===
      ['turn.started', 'item.started', 'answer', ' of', ` ${index}`, 'item.completed', 'turn.completed'].join('|')
  );
}

describe('16 concurrent turns on a server', () => {
  it('get exactly their own events, in any interleaving of the messages', async () => {
    const property = fc.asyncProperty(interleavings, async (interleaving) =>
      (await runTurns(interleaving)).every(isRight),
    );
    await expect(fc.assert(property, { numRuns: 100 })).resolves.toBeUndefined();
  });
});
