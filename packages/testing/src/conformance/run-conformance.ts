import { caseSpecs } from './cases/index.js';
import { runCase } from './run-case.js';
import type {
  ConformanceCase,
  ConformanceModule,
  ConformanceOptions,
  ConformanceResult,
  ConformanceSubject,
} from './types.js';

/** The fault cases, each with the expected end of the run. */
export const conformanceCases: readonly ConformanceCase[] = caseSpecs.map((spec) => ({
  name: spec.name,
  expected: spec.expected,
  needs: spec.needs ?? [],
  run: (subject, options) => runCase(spec, subject, options),
}));

/**
 * Runs the fault cases one after the other against a function with the signature of `exec$`. Reports how each run
 * ended, its duration, the remaining processes and files, and whether these are as expected.
 *
 * Each case has its own fake CLI and folder. A function runs in this process. A module is loaded by a new host process
 * for each case, so a crash of the host is a result, memory is measured exactly, and no case is skipped because it
 * changes the environment or the limits of the host.
 *
 * Kills the processes and removes the files that the subject leaves.
 *
 * @example
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { runConformance } from '@codex-rx/testing';
 *
 * const results = await runConformance(exec$, { only: 'not JSON', request: { terminateGrace: 300 } });
 * for (const { name, outcome, ok } of results) console.log(name, outcome, ok); // a line that is not JSON completed true
 * ```
 *
 * @param subject the function, or the module that exports it
 * @returns a promise of the results. It does not reject because of the subject.
 */
export async function runConformance(
  subject: ConformanceSubject | ConformanceModule,
  options: ConformanceOptions = {},
): Promise<ConformanceResult[]> {
  const results: ConformanceResult[] = [];
  for (const one of conformanceCases) {
    if (!isSelected(one.name, options.only)) continue;
    const result = await one.run(subject, options);
    results.push(result);
    options.onResult?.(result);
  }
  return results;
}

function isSelected(name: string, only: ConformanceOptions['only']): boolean {
  if (only === undefined) return true;
  return typeof only === 'string' ? name.includes(only) : only.test(name);
}
