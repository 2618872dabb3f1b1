import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { livingPids } from '@codex-rx/testing/processes';
import type { DiagnosticMessage } from '../../../src/process/diagnostics.js';

/** Watches the processes of runs as they start. */
export interface SpawnWatch {
  /** Of all runs, in the order of their start. */
  readonly pids: readonly number[];
  /** For each start the earlier ones that were alive then. */
  readonly alive: readonly (readonly number[])[];
  /** How each ended, in the order of the ends: an exit code, or signals that were sent before. */
  readonly ends: readonly (number | string | null)[];
}

/** Takes note, in the moment in which a process of a run is started, of the earlier ones that still live. */
export function watchSpawns(): SpawnWatch {
  let pids: number[] = [];
  let alive: number[][] = [];
  let ends: (number | string | null)[] = [];
  const onSignal = (message: unknown): void => {
    ends.push((message as Extract<DiagnosticMessage, { type: 'signal' }>).signal);
  };
  const onExit = (message: unknown): void => {
    ends.push((message as Extract<DiagnosticMessage, { type: 'exit' }>).code);
  };
  const onSpawn = (message: unknown): void => {
    alive.push(livingPids(pids));
    pids.push((message as Extract<DiagnosticMessage, { type: 'spawn' }>).pid);
  };
  beforeEach(() => {
    pids = [];
    alive = [];
    ends = [];
    subscribe('codex-rx:spawn', onSpawn);
    subscribe('codex-rx:signal', onSignal);
    subscribe('codex-rx:exit', onExit);
  });
  afterEach(() => {
    unsubscribe('codex-rx:spawn', onSpawn);
    unsubscribe('codex-rx:signal', onSignal);
    unsubscribe('codex-rx:exit', onExit);
  });
  return {
    get pids() {
      return pids;
    },
    get alive() {
      return alive;
    },
    get ends() {
      return ends;
    },
  };
}
