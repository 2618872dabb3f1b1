import { caseSpecs } from './cases/index.js';
import { runCase } from './run-case.js';
import type {
  ConformanceCase,
  ConformanceModule,
  ConformanceOptions,
  ConformanceResult,
  ConformanceSubject,
} from './types.js';

/** The faults that a run can meet, each with what should become of the run. */
export const conformanceCases: readonly ConformanceCase[] = caseSpecs.map((spec) => ({
  name: spec.name,
  expected: spec.expected,
  needs: spec.needs ?? [],
  run: (subject, options) => runCase(spec, subject, options),
}));

/**
 * Runs the fault cases, one after the other, against anything shaped like `exec$`: how each run ended, how long it took, what it left behind,
 * and whether that is as it should be.
 *
 * Each case has a fake CLI and a folder of its own. A function is run in this process. A module is loaded by a process of its own for each
 * case: a subject that crashes its host is then a result, memory is measured exactly, and the cases that change the host's environment or
 * limits are not skipped.
 *
 * Never rejects for what the subject does; leaves no process and no file, whatever the subject leaves.
 *
 * @example
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { runConformance } from '@codex-rx/testing';
 *
 * const results = await runConformance(exec$, { only: 'not JSON', request: { terminateGrace: 300 } });
 * for (const { name, outcome, ok } of results) console.log(name, outcome, ok); // a line that is not JSON completed true
 * ```
 */
export async function runConformance(
  subject: ConformanceSubject | ConformanceModule,
  options: ConformanceOptions = {},
): Promise<ConformanceResult[]> {
  const results: ConformanceResult[] = [];
  for (const one of conformanceCases) {
    if (!isWanted(one.name, options.only)) continue;
    const result = await one.run(subject, options);
    results.push(result);
    options.onResult?.(result);
  }
  return results;
}

function isWanted(name: string, only: ConformanceOptions['only']): boolean {
  if (only === undefined) return true;
  return typeof only === 'string' ? name.includes(only) : only.test(name);
}
