import { type ExecRequest, TurnFailedError } from '@codex-rx/core';
import type { FailureCategory } from '@codex-rx/core/events';
import { events, expectRun, fromMarbles, items } from '@codex-rx/testing';
import { defer, NEVER, throwError } from 'rxjs';
import { type Run, review } from '../src/review.js';

const branch = { folder: '/project', base: 'main' };
const answer = (text: string) => events.itemCompleted(items.agentMessage(text, { id: 'item_9' }));
const findings = [{ file: 'a.ts', line: 3, problem: 'off by one' }];
const good = '{thread turn} 2s {diff} 1s {cat} 5s {answer} 10ms {done} 50ms |';
const values = {
  thread: events.threadStarted(),
  turn: events.turnStarted(),
  done: events.turnCompleted(),
  diff: events.itemStarted(items.commandExecution('git diff main', { status: 'in_progress' })),
  cat: events.itemStarted(items.commandExecution('cat a.ts', { id: 'item_1', status: 'in_progress' })),
  answer: answer(JSON.stringify({ findings })),
};
const steps = {
  diff: { kind: 'looks', command: 'git diff main' },
  cat: { kind: 'looks', command: 'cat a.ts' },
  verdict: { kind: 'verdict', findings },
};

function failure(category: FailureCategory): TurnFailedError {
  return new TurnFailedError(`It is ${category}.`, {
    category,
    exitCode: 1,
    signal: null,
    stderr: '',
    threadId: undefined,
    usage: undefined,
    lastMessage: undefined,
    lastNotice: undefined,
    resetsAt: undefined,
    command: 'codex exec',
  });
}

/** Runs that end one after the other in these ways. */
function runs(...diagrams: readonly (readonly [string, unknown?])[]): Run {
  let next = 0;
  return () =>
    defer(() => {
      const [diagram, error] = diagrams[next++] ?? ['{thread}'];
      return fromMarbles(diagram, values, error);
    });
}

describe('a review', () => {
  it('tells what is looked at when it is, and the verdict as soon as it is there', () => {
    expectRun(review(branch, runs([good]))).toBe('2s {diff} 1s {cat} 5010ms {verdict} 50ms |', steps);
  });

  it('asks for findings only, and may not write', () => {
    let asked: ExecRequest | undefined;
    review(branch, (request) => {
      asked = request;
      return NEVER;
    }).subscribe();
    expect(asked).toMatchObject({ workingDirectory: '/project', sandbox: 'read-only' });
    expect(asked?.prompt).toContain('against main');
  });

  it('tries again after half a minute when the model is overloaded', () => {
    const run$ = runs(['{thread turn} 1s #', failure('overloaded')], [good]);
    expectRun(review(branch, run$)).toBe('33s {diff} 1s {cat} 5010ms {verdict} 50ms |', steps);
  });

  it('gives up after two more tries', () => {
    const busy: [string, unknown] = ['1s #', failure('disconnected')];
    expectRun(review(branch, runs(busy, busy, busy, busy))).toBe('63s {x |}', {
      x: { kind: 'gave up', why: 'It is disconnected.' },
    });
  });

  it('gives up at once at a usage limit, and when there is no CLI', () => {
    expectRun(review(branch, runs(['1s #', failure('usage_limit')]))).toBe('1s {x |}', {
      x: { kind: 'gave up', why: 'The usage limit is reached.' },
    });
    expectRun(review(branch, () => throwError(() => new Error('no CLI')))).toBe('{x |}', {
      x: { kind: 'gave up', why: 'no CLI' },
    });
  });

  it('gives up when the answer is no review', () => {
    const run$: Run = () =>
      fromMarbles('{thread turn answer done |}', { ...values, answer: answer('Looks good to me!') });
    expectRun(review(branch, run$)).toBe('{x |}', { x: { kind: 'gave up', why: 'The answer was no review.' } });
  });

  it('fails its test when it is late', () => {
    expect(() => {
      expectRun(review(branch, runs([good]))).toBe('2s {diff} 2s {cat} 5010ms {verdict} 50ms |', steps);
    }).toThrow('1000 ms early');
  });
});
