import { diagnose } from '../../process/diagnostics.js';
import { describeDifferences } from './compare-settings.js';
import { effectiveSettings, reportedSettings, type ThreadResult, type ThreadSettings } from './settings.js';
import type { ThreadOptions } from './thread-options.js';

/** The requested settings of a thread, and those that the server has. */
export class SettingsState {
  options: ThreadOptions = {};
  /** `undefined` for a thread that is only observed. */
  requested: ThreadSettings | undefined;
  /** The settings that the server has for the next turn; `undefined` while they are not known. */
  applied: ThreadSettings | undefined;
  readonly #threadId: string;

  constructor(threadId: string) {
    this.#threadId = threadId;
  }

  /** Takes the options of a thread that has been started or loaded. */
  adopt(options: ThreadOptions, result: ThreadResult, hasApprovals: boolean): void {
    this.options = options;
    this.requested = effectiveSettings(options, result, hasApprovals);
    this.compare(result);
  }

  /** A loaded thread ignores the settings of a resume, and a stored one may have others. */
  compare(result: ThreadResult): void {
    if (this.requested === undefined) return;
    this.applied = reportedSettings(result);
    const differences = describeDifferences(this.applied, this.requested);
    if (differences === undefined) return;
    const problem = `The server has other settings (${differences}). Each turn sends those that were requested.`;
    diagnose({ type: 'settings', threadId: this.#threadId, problem });
  }
}
