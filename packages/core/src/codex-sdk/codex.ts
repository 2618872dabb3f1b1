import type { CodexOptions, ThreadOptions } from './options.js';
import { Thread } from './thread.js';

/**
 * The client of the official SDK (`@openai/codex-sdk` 0.163), over the runs of this package: migrate by one import.
 *
 * Calls the CLI with the same arguments and environment, and has the same methods and results. The differences: a turn
 * that is aborted or left ends all processes that it started, errors are `CodexError`s with a stable `code`, a line
 * that is not an event is skipped, and the host does not crash when the CLI exits early.
 *
 * @example
 * ```ts
 * import { Codex } from '@codex-rx/core/codex-sdk';
 *
 * const codex = new Codex();
 * const thread = codex.startThread({ workingDirectory: '.', skipGitRepoCheck: true });
 * const turn = await thread.run('Diagnose the test failure and propose a fix');
 * console.log(turn.finalResponse, turn.items.length);
 * ```
 */
export class Codex {
  readonly #options: CodexOptions;

  /** @param options options of all threads */
  constructor(options: CodexOptions = {}) {
    this.#options = options;
  }

  /** Returns a new thread. Its first turn starts it. */
  startThread(options: ThreadOptions = {}): Thread {
    return new Thread({ client: this.#options, options, id: null });
  }

  /**
   * Returns a stored thread.
   *
   * @param id the id of the thread
   */
  resumeThread(id: string, options: ThreadOptions = {}): Thread {
    return new Thread({ client: this.#options, options, id });
  }
}
