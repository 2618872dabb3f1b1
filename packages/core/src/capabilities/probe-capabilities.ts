import type { Observable } from 'rxjs';
import type { CommandOptions } from '../commands/command-options.js';
import { runProbe$ } from './probe.js';
import type { Capabilities } from './types.js';

export interface ProbeOptions extends Omit<CommandOptions, 'mirrorStdout' | 'mirrorStderr' | 'createHomeDirs'> {
  /** Also find the methods of the app-server protocol, which takes one more process. Default `false`. */
  readonly methods?: boolean | undefined;
}

export function probeCapabilities$(options: ProbeOptions = {}): Observable<Capabilities> {
  const { methods = false, ...command } = options;
  return runProbe$({ ...command, createHomeDirs: false }, methods);
}
