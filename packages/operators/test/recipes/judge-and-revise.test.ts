import { lastValueFrom, of } from 'rxjs';
import { judgeAndRevise$, type Verdict } from './judge-and-revise.js';

const verdicts = (...values: readonly Verdict[]) => {
  const left = [...values];
  return () => of(left.shift() ?? { ok: true, reason: '' });
};
const bad = (reason: string): Verdict => ({ ok: false, reason });
const good: Verdict = { ok: true, reason: 'fine' };

describe('judge and revise', () => {
  it('is content with a first draft that is good', async () => {
    const draft$ = judgeAndRevise$(3, { write$: () => of('one'), judge$: verdicts(good), revise$: () => of('never') });
    expect(await lastValueFrom(draft$)).toEqual({ round: 1, text: 'one', verdict: good });
  });

  it('revises with the reason of the judge until it is content', async () => {
    const reasons: string[] = [];
    const draft$ = judgeAndRevise$(5, {
      write$: () => of('one'),
      judge$: verdicts(bad('too long'), bad('too dry'), good),
      revise$: (reason) => {
        reasons.push(reason);
        return of(`draft ${String(reasons.length + 1)}`);
      },
    });
    expect(await lastValueFrom(draft$)).toEqual({ round: 3, text: 'draft 3', verdict: good });
    expect(reasons).toEqual(['too long', 'too dry']);
  });

  it('gives the last draft, and what is wrong with it, when the rounds are used up', async () => {
    const draft$ = judgeAndRevise$(2, {
      write$: () => of('one'),
      judge$: () => of(bad('no')),
      revise$: () => of('two'),
    });
    expect(await lastValueFrom(draft$)).toEqual({ round: 2, text: 'two', verdict: bad('no') });
  });
});
