import { checkEngineOptions } from '../engine/check-options.js';
import type { EngineOptions } from '../engine/options.js';
import { type ObserveRun, observeExec$ } from '../run/observe-run.js';
import { lazyModule } from './lazy-module.js';

const warmEngine = lazyModule(() => import('../engine/index.js'));

/**
 * Returns how the runs of a client reach the CLI. The app-server is loaded by the first run that needs it.
 *
 * @throws RequestError
 */
export function openEngine(options: EngineOptions): ObserveRun {
  checkEngineOptions(options);
  if (options.transport !== 'app-server') return observeExec$;
  let engine$: ObserveRun | undefined;
  return (request, include) => {
    const ending = new Set<Promise<void>>();
    return warmEngine.defer$((module) => {
      engine$ ??= module.createWarmEngine(options);
      return engine$(request, include, ending);
    }, request.signal);
  };
}
