import '../../src/jest/index.js';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TurnFailedError } from '@codex-rx/core/errors';
import type { ThreadEvent } from '@codex-rx/core/events';
import { expectTypeOf } from 'expect-type';
import { concat, from, NEVER, Observable, of, throwError } from 'rxjs';
import { events, items } from '../../src/builders/index.js';
import { fakeCodex } from '../../src/fake/index.js';
import type { ExpectedEvent } from '../../src/jest/index.js';

const hello = events.run(items.commandExecution('ls'), items.agentMessage('Hello.'));
const failure = (category: TurnFailedError['category']) =>
  new TurnFailedError('You hit your usage limit.', {
    category,
    exitCode: 1,
    signal: null,
    stderr: '',
    threadId: undefined,
    usage: undefined,
    lastMessage: undefined,
    lastNotice: undefined,
    resetsAt: undefined,
    command: 'codex',
  });
const failing$ = concat(
  from<ThreadEvent[]>([events.threadStarted(), events.turnStarted(), events.turnFailed('limit')]),
  throwError(() => failure('usage_limit')),
);

/** What a matcher says when it fails. */
async function saying(assertion: Promise<void>): Promise<string> {
  try {
    await assertion;
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('It passed.');
}

describe('a value that is no stream', () => {
  it('fails at once, and leaves no timer behind', async () => {
    const timers = jest.spyOn(global, 'setTimeout');
    timers.mockClear();
    const message = await saying(expect(5 as never).toEndTurn('completed'));
    expect(message).toContain("You provided '5' where a stream was expected");
    expect(timers).not.toHaveBeenCalled();
    timers.mockRestore();
  });
});

describe('a word that is never true of a run', () => {
  const watched = () => {
    const subscribed = jest.fn();
    return { subscribed, run$: new Observable<ThreadEvent>(subscribed) };
  };

  it.each<[string, (run: ReturnType<typeof watched>['run$']) => Promise<void>, string]>([
    [
      'an outcome',
      (run$) => expect(run$).toEndTurn('complete' as never),
      'toEndTurn: the outcome must be one of completed, failed, not "complete".',
    ],
    [
      'an outcome before .not',
      (run$) => expect(run$).not.toEndTurn('complete' as never),
      'toEndTurn: the outcome must be one of completed, failed, not "complete".',
    ],
    [
      'a category',
      (run$) => expect(run$).toEndTurn('failed', { category: 'limit' as never }),
      'toEndTurn: the category must be one of usage_limit, auth, context, overloaded, disconnected, input_too_large, config, usage, panic, unknown, not "limit".',
    ],
    [
      'a name of an event',
      (run$) => expect(run$).toEmitEvents(['turn', 'item.complete']),
      'toEmitEvents: expected[1] must be one of thread.started, turn.started, turn.completed, turn.failed, error, malformed, item.started, ' +
        'item.updated, item.completed, item.delta, item.failed, unknown, or a name in diagrams, such as thread, turn, done, failed, notice, ' +
        'bad, ?some.type, msg0, +cmd0, not "item.complete".',
    ],
    [
      'a name of an item',
      (run$) => expect(run$).not.toEmitEvents(['+command0']),
      'toEmitEvents: expected[0] must be one of',
    ],
    [
      'the type among fields',
      (run$) => expect(run$).toEmitEvents([{ type: 'turn.complete' as never }]),
      'toEmitEvents: expected[0].type must be one of thread.started, turn.started,',
    ],
  ])('is refused: %s', async (_name, asserting, problem) => {
    const { run$, subscribed } = watched();
    const refused = asserting(run$);
    await expect(refused).rejects.toThrow(TypeError);
    await expect(refused).rejects.toThrow(problem);
    expect(subscribed).not.toHaveBeenCalled();
  });

  it('is not one that a matcher of Jest stands for', async () => {
    await expect(hello.slice(-1)).toEmitEvents([{ type: expect.stringMatching(/^turn/) as never }]);
  });
});

describe('toEmitEvents', () => {
  it('takes types, names in diagrams and fields', async () => {
    await expect(of(...hello)).toEmitEvents([
      'thread',
      'turn.started',
      { type: 'item.completed', item: { command: 'ls', exit_code: expect.any(Number) as number } },
      { item: { text: 'Hello.' } },
      'done',
    ]);
  });

  it('takes promises, async iterables and lists too', async () => {
    async function* later() {
      await Promise.resolve();
      yield* hello;
    }
    await expect(later()).toEmitEvents(hello);
    await expect(Promise.resolve(events.turnStarted())).toEmitEvents(['turn']);
    await expect(hello).toEmitEvents(hello);
  });

  it('does not care how the run ends', async () => {
    await expect(failing$).toEmitEvents(['thread', 'turn', 'failed']);
  });

  it.each<[string, ExpectedEvent[], string]>([
    ['one is missing', ['thread', 'turn', 'cmd0', 'msg1', '+cmd2', 'done'], '✗ +cmd2     –\n      missing'],
    ['one is not expected', ['thread', 'turn', 'msg1', 'done'], '✗ –         cmd0\n      not expected'],
    ['the order is another', ['turn', 'thread', 'cmd0', 'msg1', 'done'], '2 of 6 moments'],
    [
      'a field differs',
      ['thread', 'turn', 'cmd0', { type: 'item.completed', item: { text: 'Bye.' } }, 'done'],
      '✗ item.completed  msg1\n      item.text: expected "Bye.", got "Hello."',
    ],
    ['the type is another', ['thread', 'turn', 'cmd0', 'item.started', 'done'], 'item.started  –'],
    ['nothing is expected', [], '5 of 5 moments'],
  ])('fails when %s', async (_name, expected, message) => {
    expect(await saying(expect(of(...hello)).toEmitEvents(expected))).toContain(message);
  });

  it('says how the run ended', async () => {
    expect(await saying(expect(failing$).toEmitEvents([]))).toContain(
      'It ended with TurnFailedError: You hit your usage limit. (TURN_FAILED).',
    );
    expect(await saying(expect(of(...hello)).toEmitEvents([]))).toContain('It completed.');
  });

  it('leaves a run that does not end, and fails', async () => {
    let left = false;
    const endless$ = new Observable<ThreadEvent>((subscriber) => {
      subscriber.next(events.threadStarted());
      return () => (left = true);
    });
    expect(await saying(expect(endless$).toEmitEvents(['thread'], { within: 20 }))).toContain(
      'It did not end within 20 ms.',
    );
    expect(left).toBe(true);
  });

  it('has a failing side for .not', async () => {
    await expect(of(...hello)).not.toEmitEvents(['thread']);
    expect(await saying(expect(hello).not.toEmitEvents(hello))).toBe(
      'The run emitted the 5 events that it should not emit.',
    );
  });
});

describe('toEndTurn', () => {
  it('takes a turn that completes, by default and with its final message', async () => {
    await expect(of(...hello)).toEndTurn();
    await expect(of(...hello)).toEndTurn('completed', { message: 'Hello.' });
    await expect(of(...hello)).toEndTurn('completed', { message: /^Hel/ });
  });

  it('takes a turn that fails, with what it says and why', async () => {
    await expect(failing$).toEndTurn('failed', { message: /usage limit/, category: 'usage_limit' });
    const event = events.turnFailed({ message: 'limit', category: 'usage_limit' });
    await expect([event]).toEndTurn('failed', { message: 'limit', category: 'usage_limit' });
  });

  it.each<[string, Observable<ThreadEvent>, 'completed' | 'failed', object, string]>([
    ['it failed', failing$, 'completed', {}, 'Expected the turn to have completed, but it failed.'],
    ['it completed', of(...hello), 'failed', {}, 'Expected the turn to have failed, but it completed.'],
    [
      'it did not end',
      of(...hello.slice(0, 3)),
      'completed',
      {},
      'Expected the turn to have completed, but it did not end.',
    ],
    [
      'the message is another',
      of(...hello),
      'completed',
      { message: 'Bye.' },
      'Expected the final message "Bye.", got "Hello.".',
    ],
    [
      'no message matches',
      of(...hello.slice(-1)),
      'completed',
      { message: /x/ },
      'Expected the final message /x/, got nothing.',
    ],
    ['the reason is another', failing$, 'failed', { category: 'auth' }, 'Expected the category auth, got usage_limit.'],
    [
      'the failure says something else',
      failing$,
      'failed',
      { message: 'auth' },
      'Expected the failure "auth", got "You hit',
    ],
    [
      'the run goes on',
      concat(of(...hello), NEVER),
      'completed',
      { within: 20 },
      'The turn completed, but the run did not end as it should after that.\nIt did not end within 20 ms.',
    ],
    [
      'the run errors after it',
      concat(
        of(...hello),
        throwError(() => new Error('late')),
      ),
      'completed',
      {},
      'The turn completed, but the run did not end as it should after that.\nIt ended with Error: late.',
    ],
  ])('fails when %s', async (_name, run$, outcome, options, message) => {
    expect(await saying(expect(run$).toEndTurn(outcome, options))).toContain(message);
  });

  it('shows the last events', async () => {
    expect(await saying(expect(of(...hello)).toEndTurn('failed'))).toContain('Last events: thread turn cmd0 msg1 done');
    expect(await saying(expect([]).toEndTurn())).toContain('Last events: none');
  });

  it('has a failing side for .not', async () => {
    await expect(failing$).not.toEndTurn();
    expect(await saying(expect(hello).not.toEndTurn())).toBe('The turn completed, which it should not.');
  });
});

describe('toMatchRun', () => {
  const other = (thread: string) => hello.map((event) => ({ ...event, thread_id: thread, turn_id: `${thread}-turn` }));

  it('takes a run that does the same in another thread', async () => {
    await expect(of(...other('a'))).toMatchRun(other('b'));
  });

  it('takes ids of other threads for the same where they are used the same', async () => {
    const collab = (me: string, child: string) => [
      events.threadStarted(me),
      events.itemCompleted(
        items.collabToolCall('wait', {
          sender_thread_id: me,
          receiver_thread_ids: [child],
          agents_states: { [child]: { status: 'completed' } },
        }),
      ),
      events.turnCompleted(),
    ];
    await expect(collab('a', 'b')).toMatchRun(collab('x', 'y'));
    await expect(collab('a', 'b')).not.toMatchRun(collab('x', 'x'));
  });

  it('takes a recorded run, and compares how they end', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'codex-rx-match-'));
    try {
      const path = join(folder, 'failed.jsonl');
      const recorded = [events.threadStarted('recorded'), events.turnStarted(), events.turnFailed('limit')];
      writeFileSync(path, recorded.map((event) => `${JSON.stringify(event)}\n`).join(''));
      await expect(failing$).toMatchRun(path, { ignore: ['turn_id', 'thread_id'] });
      expect(
        await saying(
          expect([events.threadStarted(), events.turnStarted(), events.turnFailed('limit')]).toMatchRun(path, {
            ignore: ['turn_id', 'thread_id'],
          }),
        ),
      ).toContain('not expected');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('leaves out fields that do not matter', async () => {
    const changed = (path: string) =>
      events
        .run(items.fileChange({ [path]: 'add' }))
        .map((event) =>
          event.type === 'turn.completed'
            ? { ...event, usage: { input_tokens: 1, cached_input_tokens: 0, output_tokens: 0 } }
            : event,
        );
    await expect(changed('/a')).toMatchRun(events.run(items.fileChange({ '/b': 'add' })), {
      ignore: ['usage', 'item.changes.*.path'],
    });
    await expect(changed('/a')).not.toMatchRun(changed('/b'), { ignore: ['usage', 'item.changes.path'] });
  });

  it('shows both runs when they differ', async () => {
    const bye = events.run(items.commandExecution('ls'), items.agentMessage('Bye.'));
    expect(await saying(expect(of(...hello)).toMatchRun(bye))).toBe(
      [
        'The run is not as expected at 1 of 6 moments (✗).',
        '',
        '  expected  actual',
        '  … 1 as expected',
        '  turn      turn',
        '  cmd0      cmd0',
        '✗ msg1      msg1',
        '      item.text: expected "Bye.", got "Hello."',
        '  done      done',
        '  |         |',
        '',
      ].join('\n'),
    );
  });

  it('fails for a run that does not end', async () => {
    expect(await saying(expect(concat(of(...hello), NEVER)).toMatchRun(hello, { within: 20 }))).toContain(
      '✗ |         –',
    );
  });

  it('has a failing side for .not', async () => {
    expect(await saying(expect(hello).not.toMatchRun(hello))).toBe('The run matches the one that it should not match.');
  });
});

describe('toLeaveNoProcess', () => {
  it('takes processes that go in time', async () => {
    const child = spawn('/bin/sh', ['-c', 'read line'], { stdio: ['pipe', 'ignore', 'ignore'] });
    setTimeout(() => child.stdin.end(), 30);
    await expect(child.pid).toLeaveNoProcess();
    await expect([]).toLeaveNoProcess();
  });

  it('fails for those that stay, and names them', async () => {
    const fake = fakeCodex([{ spawn: { kind: 'setsid', seconds: 300 } }]);
    const child = spawn(fake.binary, [], { stdio: 'ignore' });
    await once(child, 'exit');
    const message = await saying(expect(fake).toLeaveNoProcess({ within: 30 }));
    expect(message).toContain('After 30 ms 1 processes are left:\n');
    expect(message).toMatch(/\d+ {2}sleep 300/);
    await fake.dispose();
    await expect(fake).toLeaveNoProcess();
  });

  it('has a failing side for .not', async () => {
    await expect(process.pid).not.toLeaveNoProcess({ within: 0 });
    expect(await saying(expect([]).not.toLeaveNoProcess())).toBe('No process is left, but 0 should be.');
  });
});

it('the matchers have types', () => {
  const wrong = [
    // @ts-expect-error Not an outcome.
    () => expect(hello).toEndTurn('ended'),
    // @ts-expect-error No event has that field.
    () => expect(hello).toEmitEvents([{ type: 'turn.started', item: { txt: 1 } }]),
  ];
  expect(wrong).toHaveLength(2);
  expectTypeOf(expect(of(...hello)).toEmitEvents).returns.toEqualTypeOf<Promise<void>>();
});
