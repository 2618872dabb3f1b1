import type { Subscription } from 'rxjs';
import { runOnServer$ } from '../app-server/runs/run-on-server.js';
import type { ServerHub } from '../app-server/server/server-hub.js';
import { isCodexError } from '../errors/index.js';
import type { EventBuffer } from './event-buffer.js';
import type { Lease } from './server-pool.js';
import type { SpareThreads } from './spare-threads.js';
import type { WarmPlan } from './warm-plan.js';
import type { WarmState } from './warm-state.js';

interface TurnContext {
  readonly hub: ServerHub;
  readonly lease: Lease<ServerHub>;
  readonly spares: SpareThreads;
  readonly state: WarmState;
  readonly buffer: EventBuffer;
}

/** Runs the turn of a request on a server. Returns its error when nothing is left on the server. */
export async function runWarmTurn(
  { request, server, turn: plan, isLocal, canUseSpare, cwd }: WarmPlan,
  { hub, lease, spares, state, buffer }: TurnContext,
): Promise<unknown> {
  let ending: Promise<void> | undefined;
  let refill: (() => void) | undefined;
  const events$ = runOnServer$(hub, server, request, {
    plan,
    startThread$: (one, options) => {
      if (canUseSpare)
        refill = () => {
          spares.refill(one, options);
        };
      return spares.start$(one, options);
    },
    onThread: ({ settings }) => {
      state.begin(isLocal ? cwd : (settings.requested?.cwd ?? cwd));
    },
    onEnding: (ended) => {
      ending = ended;
    },
    onStuck: () => {
      lease.retire();
    },
  });
  let subscription: Subscription | undefined;
  const ended = new Promise<unknown>((resolve) => {
    subscription = events$.subscribe({
      next: (event) => {
        buffer.push(event);
      },
      error: resolve,
      complete: () => {
        resolve(undefined);
      },
    });
  });
  const stopped = state.stop.whenStopped.then(() => {
    subscription?.unsubscribe();
  });
  const error = await Promise.race([ended, stopped]);
  await ending;
  if (isCodexError(error, 'RPC_TIMEOUT')) lease.retire();
  if (error === undefined) refill?.();
  return error;
}
