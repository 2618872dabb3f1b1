import { EMPTY, expand, last, map, mergeMap, type Observable, take } from 'rxjs';

export interface Verdict {
  readonly ok: boolean;
  readonly reason: string;
}

export interface Draft {
  /** From 1. */
  readonly round: number;
  readonly text: string;
  readonly verdict: Verdict;
}

interface Steps {
  /** The first draft. */
  readonly write$: () => Observable<string>;
  readonly judge$: (text: string) => Observable<Verdict>;
  /** Another draft, by the same thread, given what is wrong with the last one. */
  readonly revise$: (reason: string) => Observable<string>;
}

/** Writes, judges and revises until the judge accepts or `rounds` is reached. Emits the last draft with its verdict. */
export function judgeAndRevise$(rounds: number, { write$, judge$, revise$ }: Steps): Observable<Draft> {
  const judged$ = (text$: Observable<string>, round: number) =>
    text$.pipe(
      take(1),
      mergeMap((text) => judge$(text).pipe(map((verdict): Draft => ({ round, text, verdict })))),
    );
  return judged$(write$(), 1).pipe(
    expand(({ verdict, round }) =>
      verdict.ok || round >= rounds ? EMPTY : judged$(revise$(verdict.reason), round + 1),
    ),
    last(),
  );
}
