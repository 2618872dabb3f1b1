import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { survivors } from '@codex-rx/testing';
import type { DiagnosticMessage } from '../../../src/diagnostics.js';

/** Watches the processes of runs as they start. */
export interface SpawnWatch {
  /** Of all runs, in the order of their start. */
  readonly pids: readonly number[];
  /** For each start the earlier ones that were alive then. */
  readonly alive: readonly (readonly number[])[];
}

/** Takes note, in the moment in which a process of a run is started, of the earlier ones that still live. */
export function watchSpawns(): SpawnWatch {
  let pids: number[] = [];
  let alive: number[][] = [];
  const onSpawn = (message: unknown): void => {
    alive.push(survivors(pids));
    pids.push((message as Extract<DiagnosticMessage, { type: 'spawn' }>).pid);
  };
  beforeEach(() => {
    pids = [];
    alive = [];
    subscribe('codex-rx:spawn', onSpawn);
  });
  afterEach(() => {
    unsubscribe('codex-rx:spawn', onSpawn);
  });
  return {
    get pids() {
      return pids;
    },
    get alive() {
      return alive;
    },
  };
}
