import { type ExecRequest, isCodexError } from '@codex-rx/core';
import type { ThreadEvent } from '@codex-rx/core/events';
import { finalOutput, ofItem } from '@codex-rx/operators';
import { catchError, connect, filter, map, merge, type Observable, of, retry, throwError, timer } from 'rxjs';

export interface Finding {
  readonly file: string;
  readonly line: number;
  readonly problem: string;
}

/** One step of a review. */
export type ReviewStep =
  | { readonly kind: 'looks'; readonly command: string }
  | { readonly kind: 'verdict'; readonly findings: readonly Finding[] }
  | { readonly kind: 'gave up'; readonly why: string };

export interface Review {
  readonly folder: string;
  /** The branch that the changes are to go to. */
  readonly base: string;
}

/** Runs a request: `exec$`, or a substitute in tests. */
export type Run = (request: ExecRequest) => Observable<ThreadEvent>;

const RETRIES = 2;
const PAUSE = 30_000;

const outputSchema = {
  type: 'object',
  properties: {
    findings: {
      type: 'array',
      items: {
        type: 'object',
        properties: { file: { type: 'string' }, line: { type: 'integer' }, problem: { type: 'string' } },
        required: ['file', 'line', 'problem'],
        additionalProperties: false,
      },
    },
  },
  required: ['findings'],
  additionalProperties: false,
};

/** Reviews a branch: emits each inspected step, then the verdict or the reason for its absence. Never errors. */
export function review({ folder, base }: Review, run$: Run): Observable<ReviewStep> {
  const request: ExecRequest = {
    prompt: `Review what this branch changes against ${base}. Look for bugs only. Answer with the findings.`,
    workingDirectory: folder,
    sandbox: 'read-only',
    timeout: 600_000,
    outputSchema,
  };
  return run$(request).pipe(
    retry({ count: RETRIES, delay: (error: unknown) => (isPassing(error) ? timer(PAUSE) : throwError(() => error)) }),
    connect((events$) => merge(looks(events$), verdict(events$))),
    catchError((error: unknown) => of<ReviewStep>({ kind: 'gave up', why: reasonOf(error) })),
  );
}

function looks(events$: Observable<ThreadEvent>): Observable<ReviewStep> {
  return events$.pipe(
    ofItem('command_execution'),
    filter(({ type }) => type === 'item.started'),
    map(({ item }) => ({ kind: 'looks', command: item.command })),
  );
}

function verdict(events$: Observable<ThreadEvent>): Observable<ReviewStep> {
  return events$.pipe(
    finalOutput(toFindings),
    map((findings) => ({ kind: 'verdict', findings })),
  );
}

function toFindings(answer: unknown): readonly Finding[] {
  return (answer as { findings: readonly Finding[] }).findings;
}

/** Whether a failure is transient and may pass in half a minute. */
function isPassing(error: unknown): boolean {
  return isCodexError(error, 'TURN_FAILED') && ['overloaded', 'disconnected'].includes(error.category);
}

function reasonOf(error: unknown): string {
  if (isCodexError(error, 'DECODE_FAILED')) return 'The answer was no review.';
  if (isCodexError(error, 'TURN_FAILED') && error.category === 'usage_limit') return 'The usage limit is reached.';
  return error instanceof Error ? error.message : String(error);
}
