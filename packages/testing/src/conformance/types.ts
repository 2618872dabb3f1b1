import type { Observable } from 'rxjs';

/** The request of a case. These are fields of `ExecRequest` in `@codex-rx/core`. */
export interface ConformanceRequest {
  /** The prompt of the run. */
  readonly prompt: string;
  /** Path of the CLI, or its name on `PATH`. */
  readonly binary: string;
  /** The folder of the run. */
  readonly workingDirectory?: string;
  /** Time until the run errors, in ms. */
  readonly timeout?: number;
  /** Aborts the run. */
  readonly signal?: AbortSignal;
  /** Pauses the run while its latest value is `true`. */
  readonly paused$?: Observable<boolean>;
  /** Path of a file for the output of the CLI. */
  readonly eventLog?: string;
}

/** The function under test, with the signature of `exec$`. Its events have the `type` of CLI events. */
export type ConformanceSubject = (request: ConformanceRequest) => ConformanceSource;

/** The part of `Observable` that the cases need. */
export interface ConformanceSource {
  /** Starts the run. */
  subscribe(observer: { next: (event: unknown) => void; error: (error: unknown) => void; complete: () => void }): {
    unsubscribe(): void;
  };
}

/** A module that exports the function under test. Each case runs in a new host process, so a crash is an outcome. */
export interface ConformanceModule {
  /** `file:` URL or absolute path of an ES or CommonJS module that plain Node can load. */
  readonly module: string | URL;
  /** Name of the export. Default `createExec$`. */
  readonly name?: string | undefined;
}

/** A requirement of a case. */
export type ConformanceNeed =
  /** The subject supports `eventLog`. */
  | 'eventLog'
  /** The case changes the environment or the limits of its host, so it needs a host process. */
  | 'host';

/** How a run ended. */
export type ConformanceOutcome =
  | 'completed'
  | 'failed'
  /** The case unsubscribed from the run. */
  | 'unsubscribed'
  /** The run did not end before the limit. */
  | 'hung'
  /** The host exited. */
  | 'crashed'
  /** A requirement of the case is missing. */
  | 'skipped';

/** The result of one case. */
export interface ConformanceResult {
  /** The name of the case. */
  readonly name: string;
  /** Description of the expected behaviour. */
  readonly expected: string;
  /** The behavior of the client. */
  readonly outcome: ConformanceOutcome;
  /** The error of a failed run, the error of a crashed host, or the missing requirements. */
  readonly detail: string;
  /** Time in ms from subscribe until the run has ended and its processes have exited. */
  readonly ms: number;
  /** Number of processes that are alive at the end of the run or at the limit. On Linux including daemons. */
  readonly leftProcesses: number;
  /** Names of the remaining temporary files. */
  readonly leftFiles: readonly string[];
  /** Growth of the peak memory of the host in MiB. Exact only in a host process. */
  readonly rssGrowth: number;
  /** Whether the run behaved as expected. */
  readonly ok: boolean;
  /** Deviations from the expected behaviour; empty if `ok`. */
  readonly problems: readonly string[];
}

/** Options of `runConformance()`. */
export interface ConformanceOptions {
  /** Selects cases by a substring or pattern of their name. */
  readonly only?: string | RegExp | undefined;
  /** Time limit of a case in ms. Default 15,000. */
  readonly limit?: number | undefined;
  /** Limit of the memory growth of the host in MiB. Default 150. */
  readonly memory?: number | undefined;
  /** Further fields of each request, such as a short `terminateGrace`. */
  readonly request?: Readonly<Record<string, unknown>> | undefined;
  /** Requirements that the subject does not fulfil. Cases that need them are skipped. */
  readonly lacks?: readonly ConformanceNeed[] | undefined;
  /** Called after each case. */
  readonly onResult?: ((result: ConformanceResult) => void) | undefined;
}

/** A fault and the expected end of a run. */
export interface ConformanceCase {
  /** The name of the case. */
  readonly name: string;
  /** The expected behavior of a client. */
  readonly expected: string;
  /** The requirements of this case on the machine. */
  readonly needs: readonly ConformanceNeed[];
  /** Runs the case. Does not reject because of the subject. */
  run(subject: ConformanceSubject | ConformanceModule, options?: ConformanceOptions): Promise<ConformanceResult>;
}
