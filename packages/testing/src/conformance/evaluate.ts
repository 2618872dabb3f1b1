import type { CaseSpec, Observation } from './case-spec.js';
import type { ConformanceOutcome, ConformanceResult } from './types.js';

/** The measurements of a case. */
export interface CaseReport {
  /** `undefined` if the run did not end before the limit or before the host exited. */
  readonly observation: Observation | undefined;
  /** Why the host exited early. */
  readonly crash: string | undefined;
  /** Duration in ms. */
  readonly ms: number;
  readonly leftProcesses: number;
  readonly leftFiles: readonly string[];
  /** In MiB. */
  readonly rssGrowth: number;
  /** Warnings, unhandled rejections, a host that did not exit. */
  readonly hostProblems: readonly string[];
}

const OUTCOMES = { complete: 'completed', error: 'failed', unsubscribed: 'unsubscribed' } as const;
const MAX_DETAIL_LENGTH = 200;

/**
 * Compares the measurements of a case with its specification.
 *
 * @param limits limit of the duration in ms, and of the memory growth in MiB
 */
export function evaluateCase(
  spec: CaseSpec,
  report: CaseReport,
  limits: { readonly limit: number; readonly memory: number },
): ConformanceResult {
  const { observation, crash, leftProcesses, leftFiles, rssGrowth, hostProblems } = report;
  const outcome: ConformanceOutcome =
    crash !== undefined ? 'crashed' : observation === undefined ? 'hung' : OUTCOMES[observation.end];
  const endProblem = endProblemOf(spec, outcome);
  const problems = [
    // The check applies to a run that ended as expected only.
    endProblem ?? (observation === undefined ? undefined : spec.check?.(observation)),
    report.ms > limits.limit && outcome !== 'hung' ? `it took ${report.ms} ms` : undefined,
    leftProcesses > (spec.allowedProcesses ?? 0)
      ? `${leftProcesses} ${leftProcesses === 1 ? 'process' : 'processes'} alive`
      : undefined,
    leftFiles.length > 0
      ? `${leftFiles.length} temporary ${leftFiles.length === 1 ? 'file' : 'files'} left`
      : undefined,
    rssGrowth > limits.memory ? `memory grew by ${rssGrowth} MiB` : undefined,
    ...hostProblems,
  ].filter((problem) => problem !== undefined);
  return {
    name: spec.name,
    expected: spec.expected,
    outcome,
    detail: (crash ?? describeError(observation)).replace(/\s+/g, ' ').trim().slice(0, MAX_DETAIL_LENGTH),
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
  if (spec.ends === 'any' || OUTCOMES[spec.ends] === outcome) return undefined;
  return `it ${outcome === 'unsubscribed' ? 'was unsubscribed' : outcome}`;
}

function describeError(observation: Observation | undefined): string {
  const error = observation?.error;
  return error === undefined ? '' : [error.name, error.code, error.text].filter((part) => part !== undefined).join(' ');
}
