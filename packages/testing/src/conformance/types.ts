import type { Observable } from 'rxjs';

/** What a case asks for: every `ExecRequest` of `@codex-rx/core` may have these fields. */
export interface ConformanceRequest {
  readonly prompt: string;
  /** Path of the CLI, or its name on `PATH`. */
  readonly binary: string;
  readonly workingDirectory?: string;
  /** Milliseconds until the run ends with an error. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
  /** While it says `true`, the consumer wants nothing. */
  readonly paused$?: Observable<boolean>;
  /** A file that gets what the CLI writes. */
  readonly eventLog?: string;
}

/** What is under test: anything shaped like `exec$`. Its events have a `type`, as those of the CLI. */
export type ConformanceSubject = (request: ConformanceRequest) => ConformanceSource;

/** As much of an Observable as the cases need. */
export interface ConformanceSource {
  subscribe(observer: { next: (event: unknown) => void; error: (error: unknown) => void; complete: () => void }): {
    unsubscribe(): void;
  };
}

/** A module that exports the function under test: each case then has a process of its own as its host, so that a crash of the host is an outcome. */
export interface ConformanceModule {
  /** `file:` URL or absolute path of an ES or CommonJS module that plain Node can load. */
  readonly module: string | URL;
  /** The export. Default `createExec$`. */
  readonly name?: string | undefined;
}

/** What a case needs beyond a plain run. */
export type ConformanceNeed =
  /** `eventLog` in the request. */
  | 'eventLog'
  /** A host process of its own: the case changes its environment, or its limits. */
  | 'host';

/** How a run ended. */
export type ConformanceOutcome =
  | 'completed'
  | 'failed'
  /** The consumer left, as the case wants. */
  | 'left'
  /** Neither, within the limit. */
  | 'hung'
  /** The host died. */
  | 'crashed'
  /** Not run: something is needed that is not there. */
  | 'skipped';

export interface ConformanceResult {
  readonly name: string;
  /** What should happen, in words. */
  readonly expected: string;
  readonly outcome: ConformanceOutcome;
  /** The error of a failed run, the last words of a crashed host, why it was skipped. */
  readonly detail: string;
  /** Milliseconds from subscribing until the run had ended and nothing of it was alive. */
  readonly ms: number;
  /** Processes of the run that are alive at the end, or at the limit. Linux only: elsewhere those which the fake CLI knows. */
  readonly leftProcesses: number;
  /** Names of temporary files that are left. */
  readonly leftFiles: readonly string[];
  /** MiB by which the highest memory use of the host grew. Exact with a host process only. */
  readonly rssGrowth: number;
  readonly ok: boolean;
  /** What is not as expected; empty if `ok`. */
  readonly problems: readonly string[];
}

export interface ConformanceOptions {
  /** Only cases whose name has this text in it, or matches. */
  readonly only?: string | RegExp | undefined;
  /** Milliseconds for a case. Default 15,000. */
  readonly limit?: number | undefined;
  /** MiB by which the memory of the host may grow. Default 150. */
  readonly memory?: number | undefined;
  /** More fields for each request, such as a short `terminateGrace`. */
  readonly request?: Readonly<Record<string, unknown>> | undefined;
  /** What the subject cannot do: cases that need it are skipped. */
  readonly lacks?: readonly ConformanceNeed[] | undefined;
  /** Hears each result at once. */
  readonly onResult?: ((result: ConformanceResult) => void) | undefined;
}

/** One fault, and what should become of a run that meets it. */
export interface ConformanceCase {
  readonly name: string;
  readonly expected: string;
  readonly needs: readonly ConformanceNeed[];
  /** Runs it. Does not reject for anything that the subject does. */
  run(subject: ConformanceSubject | ConformanceModule, options?: ConformanceOptions): Promise<ConformanceResult>;
}
