import type { ThreadEvent } from '@codex-rx/core/events';
import fc from 'fast-check';
import { from, type Observable, of, Subject } from 'rxjs';
import * as operators from '../../src/index.browser.js';
import { arbitraryEvents } from '../support/arbitrary-events.js';

const all: Record<string, (source$: Observable<ThreadEvent>) => Observable<unknown>> = {
  agentMessages: operators.agentMessages(),
  commands: operators.commands(),
  fileChanges: operators.fileChanges(),
  finalMessage: operators.finalMessage(),
  finalOutput: operators.finalOutput((value) => value),
  hotSwap: operators.hotSwap((event: ThreadEvent) => of(event)),
  idleTimeout: operators.idleTimeout(100_000),
  itemSnapshots: operators.itemSnapshots(),
  notices: operators.notices(),
  ofItem: operators.ofItem(),
  ofType: operators.ofType('error'),
  resumeOnFailure: operators.resumeOnFailure({ resume: () => from([]) }),
  snapshots: operators.snapshots(),
  textDeltas: operators.textDeltas(),
  todos: operators.todos(),
  turns: operators.turns(),
  untilTerminal: operators.untilTerminal(),
  usage: operators.usage(),
  withLatestSnapshot: operators.withLatestSnapshot(),
};

describe('operators, whatever comes in whatever order', () => {
  it('are all in this list', () => {
    const functions = Object.entries(operators).filter(([, value]) => typeof value === 'function');
    const names = functions
      .map(([name]) => name)
      .filter((name) => !['IdleTimeoutError', 'reduceSnapshot', 'toAsyncIterable'].includes(name));
    expect(Object.keys(all)).toEqual(names.sort());
  });

  it.each(Object.entries(all))('%s leaves its source when it is left, or has ended', (_, operator$) => {
    fc.assert(
      fc.property(arbitraryEvents, fc.boolean(), (events, leaves) => {
        const source$ = new Subject<ThreadEvent>();
        const subscription = source$.pipe(operator$).subscribe({ error: () => undefined });
        for (const event of events) source$.next(event);
        if (leaves) subscription.unsubscribe();
        else source$.complete();
        expect(source$.observed).toBe(false);
        expect(subscription.closed).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});
