import type { Readable } from 'node:stream';
import { BoundedText } from '../util/bounded-text.js';
import { deferred } from '../util/deferred.js';
import { emitCleanupWarning } from '../util/warn-on-error.js';
import { type Child, type ExitStatus, type SpawnSpec, spawnChild } from './child.js';
import { diagnose } from './diagnostics.js';
import { drain } from './drain.js';
import { trackRun } from './live-runs.js';
import { PipeWatch } from './pipe-watch.js';
import { reserveDescriptors } from './platform/spare-descriptors.js';
import { removeFolder } from './remove-folder.js';
import { sweep } from './sweep.js';
import { type TerminateOptions, terminate } from './terminate.js';

export interface SuperviseOptions {
  /** Temporary files and folders of the process. They are removed with it, also if the host exits first. */
  readonly paths?: readonly string[] | undefined;
  /** Time between the steps of termination, in ms. */
  readonly grace: number;
  readonly onSignal?: TerminateOptions['onSignal'] | undefined;
}

/**
 * Spawns a process that does not outlive its host: if the host exits, the process and everything it started are killed.
 *
 * @throws SpawnError, BinaryNotFoundError; `paths` then still exist.
 */
export async function superviseChild(spec: SpawnSpec, options: SuperviseOptions): Promise<SupervisedChild> {
  let untrack: () => void = () => undefined;
  const unreserve = reserveDescriptors();
  try {
    // Tracked in the tick in which it starts: the host may exit right then.
    const child = await spawnChild(spec, (started) => {
      untrack = trackRun({ id: spec.runId, child: started, paths: options.paths ?? [] });
    });
    const release = (): void => {
      untrack();
      unreserve();
    };
    return new SupervisedChild(child, release, options);
  } catch (error) {
    unreserve();
    throw error;
  }
}

/** A spawned process: collects its output, terminates it with everything it started, and cleans up. */
export class SupervisedChild {
  readonly child: Child;
  /**
   * Resolves with the exit status. If a process survives SIGKILL, for example because it waits for a failed disk, the
   * wait ends after the termination: `code` and `signal` are then `null`. Never rejects.
   */
  readonly exited: Promise<ExitStatus>;
  readonly #options: SuperviseOptions;
  readonly #untrack: () => void;
  readonly #terminated = deferred();
  readonly #pipes: PipeWatch[] = [];
  #termination: Promise<readonly number[]> | undefined;

  constructor(child: Child, untrack: () => void, options: SuperviseOptions) {
    this.child = child;
    this.#untrack = untrack;
    this.#options = options;
    const givenUp = this.#terminated.promise.then(() => ({ code: null, signal: null }));
    this.exited = Promise.race([child.exited, givenUp]);
  }

  /** Reads a pipe. Returns its text, of which at most `maxBytes` of the start and of the end are kept. */
  collect(pipe: Readable, maxBytes: number, onChunk?: (chunk: Buffer) => void): BoundedText {
    const text = new BoundedText(maxBytes);
    pipe.on('data', (chunk: Buffer) => {
      text.push(chunk);
      onChunk?.(chunk);
    });
    this.watch(pipe);
    return text;
  }

  /** Makes `drain()` wait for a pipe that another function reads. */
  watch(pipe: Readable, isPaused: () => boolean = () => false): void {
    this.#pipes.push(new PipeWatch(pipe, isPaused));
  }

  /**
   * Starts to kill the process and everything it started. `includeDetached: false` excludes processes that left its
   * process tree.
   */
  terminate(options: Pick<TerminateOptions, 'includeDetached' | 'interruptGrace'> = { includeDetached: true }): void {
    const { child } = this;
    if (child.hasExited()) {
      if (options.includeDetached) this.#termination ??= this.#report(sweep(child.processes, options));
      return;
    }
    const { grace, onSignal = () => undefined } = this.#options;
    this.#termination ??= this.#report(
      terminate(child, { grace, onSignal, ...options }).finally(this.#terminated.resolve),
    );
  }

  /** Resolves when a started termination is complete, with the pids that could not be killed. */
  async survivors(): Promise<readonly number[]> {
    return (await this.#termination) ?? [];
  }

  async #report(termination: Promise<readonly number[]>): Promise<readonly number[]> {
    const pids = await termination;
    const { runId, isUncertain } = this.child.processes;
    if (pids.length > 0 || isUncertain) diagnose({ type: 'leftover', runId, pids });
    if (pids.length > 0) emitCleanupWarning('some processes of a run could not be killed', pids.join(', '));
    else if (isUncertain)
      emitCleanupWarning(`processes of run ${runId} may remain`, 'the system does not list its processes');
    return pids;
  }

  /**
   * Waits, after the exit, for the rest of the output. The wait has a limit, because another process may keep the
   * pipes open.
   */
  async drain(): Promise<void> {
    await Promise.all(this.#pipes.map(drain));
  }

  /**
   * Removes the temporary paths and stops tracking. The pipes stay open, so that the rest of the output can be read.
   * A run with remaining processes or paths is still tracked: they are killed and removed when the host exits, or by
   * `reapOrphans()`.
   */
  async untrack(): Promise<void> {
    const left = await this.survivors();
    if (left.length > 0 || this.child.processes.isUncertain) return;
    const removals = await Promise.all((this.#options.paths ?? []).map(removeFolder));
    if (removals.every(Boolean)) this.#untrack();
  }

  /** Closes the pipes, removes the temporary paths and stops tracking. */
  async release(): Promise<void> {
    this.child.release();
    await this.untrack();
  }
}
