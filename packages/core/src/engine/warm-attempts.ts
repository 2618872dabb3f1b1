import type { ServerHub } from '../app-server/server/server-hub.js';
import { isCodexError } from '../errors/index.js';
import { timeoutError } from '../run/run-result.js';
import { RUN_TIMEOUT_MS } from '../util/defaults.js';
import type { EventBuffer } from './event-buffer.js';
import type { EngineOptions } from './options.js';
import type { Lease, ServerPool } from './server-pool.js';
import type { SpareThreads } from './spare-threads.js';
import type { WarmPlan } from './warm-plan.js';
import type { WarmState } from './warm-state.js';
import { runWarmTurn } from './warm-turn.js';

/** The state that the runs of a client share. */
export interface WarmContext {
  readonly options: EngineOptions;
  readonly pool: ServerPool<ServerHub>;
  readonly spares: SpareThreads;
}

/** The run of which an attempt is made. */
interface Attempted {
  readonly state: WarmState;
  readonly buffer: EventBuffer;
  /** In ms; 0 and `Infinity` for no limit. */
  readonly limit: number | undefined;
}

/** Runs a request on a server, twice if the state of a server prevents its start. Returns its error. */
export async function attemptRun(plan: WarmPlan, engine: WarmContext, run: Attempted): Promise<unknown> {
  const { state } = run;
  const error = await attempt(plan, engine, run);
  if (state.hasBegun || state.stop.reason !== undefined) return error;
  const isBusy = isCodexError(error, 'SESSION_BUSY');
  // `SERVER_EXITED`: the server had exited before the run used it.
  if (!isBusy && !isCodexError(error, 'SERVER_EXITED')) return error;
  state.timeout.clear();
  if (isBusy) await state.stop.race(engine.pool.releaseThreads(plan.spec.id));
  return attempt(plan, engine, run);
}

async function attempt(
  plan: WarmPlan,
  { pool, spares }: WarmContext,
  { state, buffer, limit = RUN_TIMEOUT_MS }: Attempted,
): Promise<unknown> {
  const lease = await acquire(plan, pool, state);
  try {
    state.timeout.limit(limit, () => {
      // A server that does not even start a thread hangs.
      if (!state.hasBegun) lease.retire();
      state.fail(timeoutError(limit, state.progress, plan.prepared));
    });
    const hub = await state.stop.race(lease.server);
    const { command, argv } = plan.prepared;
    state.announce({ type: 'started', transport: 'app-server', pid: hub.info.pid, command, argv, cwd: plan.cwd });
    return await runWarmTurn(plan, { hub, lease, spares, state, buffer });
  } finally {
    lease.release();
  }
}

async function acquire({ spec }: WarmPlan, pool: WarmContext['pool'], { stop }: WarmState): Promise<Lease<ServerHub>> {
  const leaving = new AbortController();
  void stop.whenStopped.then(() => {
    leaving.abort();
  });
  stop.throwIfStopped();
  return pool.acquire(spec, leaving.signal);
}
