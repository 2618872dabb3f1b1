import { CodexError, ExitError, type RunFailure } from '@codex-rx/core/errors';
import { type ThreadEvent, type TurnResult, turnResult } from '@codex-rx/core/events';
import { concat, EMPTY, from, NEVER, Observable, of, throwError } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';

const usage = (tokens: number) => ({ input_tokens: tokens, cached_input_tokens: 0, output_tokens: tokens });
const started: ThreadEvent = { type: 'thread.started', thread_id: 't1' };
const turnStarted: ThreadEvent = { type: 'turn.started', thread_id: 't1' };
const message = (text: string, id = 'm'): ThreadEvent => ({
  type: 'item.completed',
  thread_id: 't1',
  item: { id, type: 'agent_message', text },
});
const command: ThreadEvent = {
  type: 'item.completed',
  thread_id: 't1',
  item: {
    id: 'c',
    type: 'command_execution',
    command: 'ls',
    aggregated_output: 'a',
    exit_code: 0,
    status: 'completed',
  },
};
const patch: ThreadEvent = {
  type: 'item.completed',
  thread_id: 't1',
  item: { id: 'f', type: 'file_change', changes: [{ path: '/a', kind: 'add' }], status: 'completed' },
};
const todos: ThreadEvent = {
  type: 'item.started',
  thread_id: 't1',
  item: { id: 'l', type: 'todo_list', items: [{ text: 'one', completed: false }] },
};
const notice: ThreadEvent = { type: 'error', thread_id: 't1', message: 'Reconnecting... 1/5' };
const completed: ThreadEvent = { type: 'turn.completed', thread_id: 't1', usage: usage(5) };
const failed: ThreadEvent = { type: 'turn.failed', thread_id: 't1', error: { message: 'no' } };
const failure = new ExitError('codex exited', {} as RunFailure);

interface Seen {
  readonly values: TurnResult[];
  error?: unknown;
  isComplete: boolean;
}

function observe(source$: Observable<ThreadEvent>, options = {}): Seen {
  const seen: Seen = { values: [], isComplete: false };
  source$.pipe(turnResult(options)).subscribe({
    next: (value) => seen.values.push(value),
    error: (error: unknown) => {
      seen.error = error;
    },
    complete: () => {
      seen.isComplete = true;
    },
  });
  return seen;
}

describe('turnResult', () => {
  it('emits everything about the turn in one value when the turn completes', () => {
    const events = [started, turnStarted, notice, command, patch, todos, message('Done.'), completed];
    const { values, isComplete } = observe(concat(events, NEVER));
    expect(values).toHaveLength(1);
    expect(isComplete).toBe(false);
    expect(values[0]).toEqual({
      text: 'Done.',
      threadId: 't1',
      status: 'completed',
      usage: usage(5),
      turnUsage: usage(5),
      durationMs: expect.any(Number) as number,
      commands: [expect.objectContaining({ command: 'ls' })],
      files: [{ path: '/a', kind: 'add', status: 'completed', patches: 1 }],
      todos: expect.objectContaining({ items: [{ text: 'one', completed: false }] }) as TurnResult['todos'],
      notices: [expect.objectContaining({ message: 'Reconnecting... 1/5' })],
      snapshot: expect.objectContaining({ status: 'completed' }) as TurnResult['snapshot'],
    });
  });

  it('emits once for a stream of several turns', () => {
    const seen = observe(of(started, turnStarted, message('One.'), completed, turnStarted, message('Two.'), completed));
    expect(seen).toMatchObject({ values: [{ text: 'One.' }], isComplete: true });
  });

  it.each<[string, ThreadEvent[], Partial<TurnResult>]>([
    ['a fork without a prompt', [started], { status: 'pending', threadId: 't1', text: '' }],
    ['a log without events', [], { status: 'pending', threadId: undefined }],
    ['a log whose turn failed', [started, turnStarted, message('Half.'), failed], { status: 'failed', text: 'Half.' }],
    ['a log that ends in a turn', [started, turnStarted, message('Half.')], { status: 'interrupted', text: 'Half.' }],
  ])('emits what is known when the source completes without a completed turn: %s', (_what, events, result) => {
    expect(observe(from(events))).toMatchObject({ values: [result], isComplete: true });
  });

  it('takes a turn that a resumed run completes for the turn', () => {
    const resumed: ThreadEvent = { type: 'thread.started', thread_id: 't1', resumed: true, attempt: 1 };
    const { values } = observe(of(started, turnStarted, failed, resumed, turnStarted, message('Done.'), completed));
    expect(values).toMatchObject([{ status: 'completed', text: 'Done.', turnUsage: undefined }]);
  });

  it('computes the usage of the turn from the baseline of a resumed thread', () => {
    const resumed: ThreadEvent = { type: 'thread.started', thread_id: 't1', resumed: true };
    const source$ = of(resumed, turnStarted, completed);
    expect(observe(source$).values).toMatchObject([{ usage: usage(5), turnUsage: undefined }]);
    const { values } = observe(source$, { baseline: usage(3) });
    expect(values).toMatchObject([{ usage: usage(5), turnUsage: usage(2) }]);
  });

  it('adds what is known to an error of codex-rx, where printing it does not show it', () => {
    const seen = observe(
      concat(
        [started, turnStarted, message('Half.')],
        throwError(() => failure),
      ),
    );
    expect(seen.values).toEqual([]);
    expect(seen.error).toBe(failure);
    expect(failure.result).toMatchObject({ threadId: 't1', status: 'interrupted', text: 'Half.' });
    expect(Object.keys(failure)).not.toContain('result');
  });

  it('adds the emitted result to an error after the turn', () => {
    const seen = observe(
      concat(
        [started, turnStarted, message('Done.'), completed],
        throwError(() => failure),
      ),
    );
    expect(seen.values).toHaveLength(1);
    expect((seen.error as CodexError).result).toBe(seen.values[0]);
  });

  it('leaves other errors unchanged', () => {
    const other = new Error('other');
    expect(observe(throwError(() => other)).error).toBe(other);
    expect(other).not.toHaveProperty('result');
  });

  it('measures the time from the subscription to the end of the turn', () => {
    new TestScheduler((actual, expected) => {
      expect(actual).toEqual(expected);
    }).run(({ cold, expectObservable }) => {
      const source$ = cold('s 9ms d 20ms |', { s: turnStarted, d: completed });
      const result = expect.objectContaining({ durationMs: 10 }) as TurnResult;
      expectObservable(source$.pipe(turnResult())).toBe('- 9ms r 20ms |', { r: result });
    });
  });

  it('shares nothing between subscriptions', () => {
    const source$ = concat([started, turnStarted, message('Done.'), completed], EMPTY).pipe(turnResult());
    const texts: string[] = [];
    source$.subscribe(({ text }) => texts.push(text));
    source$.subscribe(({ text }) => texts.push(text));
    expect(texts).toEqual(['Done.', 'Done.']);
  });

  it('unsubscribes from the source', () => {
    const teardown = jest.fn();
    new Observable<ThreadEvent>(() => teardown).pipe(turnResult()).subscribe().unsubscribe();
    expect(teardown).toHaveBeenCalledTimes(1);
  });
});
