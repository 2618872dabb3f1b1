import type { FakeScript, FakeStep } from '../fake/fake-script.js';
import type { ConformanceNeed, ConformanceRequest } from './types.js';

/** What the consumer of a case does, told to the program that is its host. */
export interface HostActions {
  readonly request: Omit<ConformanceRequest, 'signal' | 'paused$'>;
  /** Unsubscribe then. */
  readonly leave?: 'at-once' | 'first-event' | 'terminal-event';
  /** Abort the signal of the request then. */
  readonly abort?: 'first-event' | 'terminal-event' | 'end';
  /** Want nothing for so many ms after the first event. */
  readonly pause?: number;
  /** Block the event loop for so many ms at each event. */
  readonly busyFor?: number;
  /** Set the clock back by so many ms at the first event. */
  readonly clockBack?: number;
  /** Hold the binary open for writing for so many ms. */
  readonly lockFor?: number;
  /** Leave no file descriptor free; given back when the run has ended. */
  readonly exhaustDescriptors?: true;
}

/** What the consumer saw. */
export interface Observation {
  readonly end: 'complete' | 'error' | 'left';
  readonly error?: { readonly name: string; readonly code?: string; readonly text: string };
  readonly events: number;
  readonly types: Readonly<Record<string, number>>;
  /** Text of the last message. */
  readonly text: string;
  readonly ms: number;
  /** Milliseconds until the end of the turn was seen. */
  readonly terminalAfter?: number;
}

/** Where a case takes place. */
export interface CaseFolders {
  /** Private folder of the case, with `tmp` and `cwd` in it. */
  readonly folder: string;
  readonly tmp: string;
  readonly cwd: string;
}

/** How the host process differs from a plain one. */
export interface HostLimits {
  readonly env?: Readonly<Record<string, string>>;
  /** Its limit of open file descriptors. */
  readonly descriptors?: number;
}

export interface CaseSpec {
  readonly name: string;
  readonly expected: string;
  readonly needs?: readonly ConformanceNeed[];
  /** What the CLI does: a fake, or the body of a shell script. */
  readonly cli: FakeScript | readonly FakeStep[] | { readonly shell: string };
  readonly prompt?: string;
  readonly plan?: Omit<HostActions, 'request'>;
  readonly request?: Readonly<Partial<ConformanceRequest>>;
  /** Changes to all that, which need a place; may make files. */
  readonly prepare?: (
    place: CaseFolders,
    binary: string,
  ) => { request?: Partial<ConformanceRequest>; host?: HostLimits };
  /** How the run should end. `settled`: either way, as long as it ends. */
  readonly ends: 'complete' | 'error' | 'left' | 'settled';
  /** What else should be true; an answer is a problem. */
  readonly check?: (seen: Observation) => string | undefined;
  /** Processes that the CLI may leave running: those of a finished turn are its user's. */
  readonly mayLeave?: number;
}
