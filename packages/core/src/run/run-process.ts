import type { ExitStatus } from '../process/child.js';
import { diagnose } from '../process/diagnostics.js';
import { sweep } from '../process/sweep.js';
import { terminate } from '../process/terminate.js';
import { emitCleanupWarning } from '../util/warn-on-error.js';
import type { Launched, PreparedRun } from './prepare-run.js';

/** The process of a run, from its start until it and what it started are gone. */
export class RunProcess {
  readonly #launched: Launched;
  readonly #runId: string;
  readonly #grace: number;
  #ending: Promise<readonly number[]> | undefined;

  constructor(launched: Launched, { runId, command, workspace }: PreparedRun, grace: number) {
    this.#launched = launched;
    this.#runId = runId;
    this.#grace = grace;
    diagnose({ type: 'spawn', runId, pid: launched.child.pid, command, cwd: workspace.cwd });
  }

  /** Remembers what the process has started so far, so that it can be ended although the process has left it behind. */
  note(): void {
    if (!this.#launched.child.hasExited()) this.#launched.child.processes.snapshotDescendants();
  }

  /** Begins to end the process and what it started; the first call counts. `includeDetached: false` spares what it has left behind. */
  end(options: { includeDetached: boolean }): void {
    const { child } = this.#launched;
    if (child.hasExited()) {
      if (options.includeDetached) this.#ending ??= sweep(child.processes, options);
      return;
    }
    this.#ending ??= terminate(child, {
      grace: this.#grace,
      includeDetached: options.includeDetached,
      onSignal: (signal, to) => {
        diagnose({ type: 'signal', runId: this.#runId, pid: child.pid, signal, to });
      },
    });
  }

  /**
   * How it exited. `ended` says that `end()` was called: a process that survives even SIGKILL (it waits for a dead disk) must not hold the
   * run for ever.
   */
  exit(ended: Promise<void>): Promise<ExitStatus> {
    const givenUp = ended.then(async () => {
      await this.#ending;
      return { code: null, signal: null };
    });
    return Promise.race([this.#launched.child.exited, givenUp]);
  }

  /** After the exit: settles when all that `end()` is to end is gone, and says what is not. */
  async gone(status: ExitStatus): Promise<void> {
    const left = (await this.#ending) ?? [];
    diagnose({ type: 'exit', runId: this.#runId, pid: this.#launched.child.pid, ...status });
    if (left.length === 0) return;
    diagnose({ type: 'leftover', runId: this.#runId, pids: left });
    emitCleanupWarning('some processes of a run could not be ended', left.join(', '));
  }
}
