import type { CaseSpec, Observation } from './case-spec.js';
import type { ConformanceOutcome, ConformanceResult } from './types.js';

/** All that is known of a case after it was run. */
export interface CaseReport {
  /** `undefined`: nothing was heard until the limit, or until the host died. */
  readonly observation: Observation | undefined;
  /** How the host died, if it did before it was asked to end. */
  readonly crash: string | undefined;
  readonly ms: number;
  readonly leftProcesses: number;
  readonly leftFiles: readonly string[];
  readonly rssGrowth: number;
  /** Warnings, rejections that nobody handled, a host that did not end. */
  readonly trouble: readonly string[];
}

const outcomes = { complete: 'completed', error: 'failed', left: 'left' } as const;
const LONGEST_DETAIL = 200;

/** Compares what happened with what should have. */
export function evaluateCase(
  spec: CaseSpec,
  report: CaseReport,
  limits: { readonly limit: number; readonly memory: number },
): ConformanceResult {
  const { observation, crash, leftProcesses, leftFiles, rssGrowth, trouble } = report;
  const outcome: ConformanceOutcome =
    crash !== undefined ? 'crashed' : observation === undefined ? 'hung' : outcomes[observation.end];
  const endProblem = endProblemOf(spec, outcome);
  const problems = [
    // What else should be true follows from the end.
    endProblem ?? (observation === undefined ? undefined : spec.check?.(observation)),
    report.ms > limits.limit && outcome !== 'hung' ? `it took ${report.ms} ms` : undefined,
    leftProcesses > (spec.mayLeave ?? 0) ? `${leftProcesses} left alive` : undefined,
    leftFiles.length > 0 ? `${leftFiles.length} temporary files left` : undefined,
    rssGrowth > limits.memory ? `memory grew by ${rssGrowth} MiB` : undefined,
    ...trouble,
  ].filter((problem) => problem !== undefined);
  return {
    name: spec.name,
    expected: spec.expected,
    outcome,
    detail: (crash ?? describeError(observation)).replace(/\s+/g, ' ').trim().slice(0, LONGEST_DETAIL),
    ms: report.ms,
    leftProcesses,
    leftFiles,
    rssGrowth,
    ok: problems.length === 0,
    problems,
  };
}

function endProblemOf(spec: CaseSpec, outcome: ConformanceOutcome): string | undefined {
  if (outcome === 'crashed') return 'the host crashed';
  if (outcome === 'hung') return 'it did not end';
  if (spec.ends === 'settled' || outcomes[spec.ends] === outcome) return undefined;
  return `it ${outcome === 'left' ? 'was left' : outcome}`;
}

function describeError(observation: Observation | undefined): string {
  const error = observation?.error;
  return error === undefined ? '' : [error.name, error.code, error.text].filter((part) => part !== undefined).join(' ');
}
