import type { FakeScript, FakeStep } from '../fake/fake-script.js';
import type { ConformanceNeed, ConformanceRequest } from './types.js';

/** The actions of the host, the process that subscribes to the run of a case. */
export interface HostActions {
  readonly request: Omit<ConformanceRequest, 'signal' | 'paused$'>;
  /** When to unsubscribe. */
  readonly unsubscribe?: 'immediately' | 'first-event' | 'terminal-event';
  /** When to abort the signal of the request. */
  readonly abort?: 'first-event' | 'terminal-event' | 'end';
  /** Pauses after the first event, in ms. */
  readonly pause?: number;
  /** Blocks the event loop at each event, in ms. */
  readonly busyFor?: number;
  /** Sets the clock back at the first event, in ms. */
  readonly clockBack?: number;
  /** Keeps the binary open for writing, in ms. */
  readonly lockFor?: number;
  /** Opens all file descriptors until the run ends. */
  readonly exhaustDescriptors?: true;
}

/** The notifications that the subscriber received. */
export interface Observation {
  readonly end: 'complete' | 'error' | 'unsubscribed';
  readonly error?: { readonly name: string; readonly code?: string; readonly text: string };
  readonly events: number;
  readonly types: Readonly<Record<string, number>>;
  /** Text of the last message. */
  readonly text: string;
  /** Duration in ms. */
  readonly ms: number;
  /** Time until the terminal event, in ms. */
  readonly terminalAfter?: number;
}

/** The folders of a case. */
export interface CaseFolders {
  /** Private folder of the case, which contains `tmp` and `cwd`. */
  readonly folder: string;
  readonly tmp: string;
  readonly cwd: string;
}

/** Environment and limits of the host process. */
export interface HostLimits {
  readonly env?: Readonly<Record<string, string>>;
  /** Limit of open file descriptors. */
  readonly descriptors?: number;
}

export interface CaseSpec {
  readonly name: string;
  readonly expected: string;
  readonly needs?: readonly ConformanceNeed[];
  /** The CLI: a script of a fake, or the body of a shell script. */
  readonly cli: FakeScript | readonly FakeStep[] | { readonly shell: string };
  readonly prompt?: string;
  readonly actions?: Omit<HostActions, 'request'>;
  readonly request?: Readonly<Partial<ConformanceRequest>>;
  /** Returns changes that depend on the folders of the case. May create files. */
  readonly prepare?: (
    folders: CaseFolders,
    binary: string,
  ) => { request?: Partial<ConformanceRequest>; host?: HostLimits };
  /** Expected end of the run. `any` accepts each end. */
  readonly ends: 'complete' | 'error' | 'unsubscribed' | 'any';
  /** Returns a problem of the observation, if any. */
  readonly check?: (seen: Observation) => string | undefined;
  /** Number of processes that may stay alive. Processes of a completed turn belong to the user. */
  readonly allowedProcesses?: number;
}
