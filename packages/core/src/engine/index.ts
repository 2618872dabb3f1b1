import type { ServerHub } from '../app-server/server/server-hub.js';
import { type ObserveRun, observeRuns } from '../run/observe-run.js';
import { type EngineOptions, IDLE_STOP_MS, MAX_SERVERS } from './options.js';
import { ServerPool } from './server-pool.js';
import { SpareThreads } from './spare-threads.js';
import { WarmRun } from './warm-run.js';

/** Creates the runs of a client on app-servers, which they share. */
export function createWarmEngine(options: EngineOptions): ObserveRun {
  const { idleStop = IDLE_STOP_MS, maxServers = MAX_SERVERS, spareThreads = 0 } = options;
  const engine = {
    options,
    pool: new ServerPool<ServerHub>({ idleStop, maxServers }),
    spares: new SpareThreads(spareThreads),
  };
  return observeRuns((request, context) => new WarmRun(request, context, engine));
}
