import { concat, delay, EMPTY, interval, map, NEVER, of, take, throwError, timer } from 'rxjs';
import { events, items } from '../../src/builders/index.js';
import { codexScheduler, expectRun, fromMarbles } from '../../src/marbles/index.js';
import { framesToMarbles } from '../../src/marbles/to-marbles.js';
import { nextAt } from '../../src/timeline/frame.js';

const command = items.commandExecution('ls');
const message = (text: string) => events.itemCompleted(items.agentMessage(text, { id: 'item_1' }));
const values = { '+cmd0': events.itemStarted(command), cmd0: events.itemCompleted(command), msg1: message('Done.') };
const diagram = '{thread turn} 72ms {+cmd0} 157ms {cmd0 msg1} 3s {done |}';

function failureOf(work: () => void): string {
  try {
    work();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('The function did not throw.');
}

describe('expectRun', () => {
  it('passes for a run that equals the diagram', () => {
    expect(() => {
      expectRun(fromMarbles(diagram, values)).toBe(diagram, values);
    }).not.toThrow();
  });

  it('runs days in virtual time', () => {
    const started = process.hrtime.bigint();
    expectRun(timer(86_400_000).pipe(map(() => 'x'))).toBe('1440m (x|)');
    expect(process.hrtime.bigint() - started).toBeLessThan(BigInt(60e9));
  });

  it('compares kinds, numbers and times of words without values', () => {
    const run$ = fromMarbles(diagram, values);
    expectRun(run$).toBe(diagram);
    expect(
      failureOf(() => {
        expectRun(run$).toBe(diagram.replace('{cmd0 msg1}', '{cmd0 msg2}'));
      }),
    ).toContain('✗');
  });

  it('compares thread and turn ids only if the expected event has them', () => {
    const run$ = of(events.turnStarted({ thread_id: 't', turn_id: 'u' }));
    expectRun(run$).toBe('{x |}', { x: events.turnStarted() });
    expectRun(run$).toBe('{x |}', { x: events.turnStarted({ turn_id: 'u' }) });
    expect(
      failureOf(() => {
        expectRun(run$).toBe('{x |}', { x: events.turnStarted({ turn_id: 'v' }) });
      }),
    ).toContain('turn_id: expected "v", got "u"');
  });

  it('matches any error by #, or a given error', () => {
    const run$ = throwError(() => new TypeError('quota'));
    expectRun(run$).toBe('#');
    expectRun(run$).toBe('#', {}, new TypeError('quota'));
    expectRun(run$).toBe('#', {}, expect.objectContaining({ message: 'quota' }));
    expect(
      failureOf(() => {
        expectRun(run$).toBe('#', {}, new TypeError('other'));
      }),
    ).toContain('message: expected "other", got "quota"');
  });

  it('maps symbols to their values or to themselves, like RxJS', () => {
    expectRun(of('a', 'b')).toBe('(ab|)');
    expectRun(of(1, 2)).toBe('(ab|)', { a: 1, b: 2 });
  });

  it('unsubscribes at `until`, and from a run with too many values', () => {
    expectRun(concat(of('a'), NEVER), { until: 50 }).toBe('a');
    expectRun(interval(10).pipe(map((n) => String(n))), { until: 25 }).toBe('10ms 0 9ms 1');
    expect(
      failureOf(() => {
        expectRun(interval(10).pipe(map((n) => String(n)))).toBe('10ms 0');
      }),
    ).toContain('more, 75 of them ✗');
  });

  it('accepts a diagram of toMarbles', () => {
    const marbles = framesToMarbles([nextAt(3, message('Done.'))]);
    expectRun(concat(fromMarbles(marbles), EMPTY), { until: 9 }).toBe(marbles);
  });

  it('supports 5,000 events with distinct values', () => {
    const many = Array.from({ length: 5000 }, (_, index) => nextAt(index * 7, message(`line ${String(index)}`)));
    const marbles = framesToMarbles(many);
    expectRun(fromMarbles(marbles)).toBe(marbles);
    const changed = { ...marbles, values: { ...marbles.values, 'msg1.4321': message('other') } };
    const report = failureOf(() => {
      expectRun(fromMarbles(marbles)).toBe(changed);
    });
    expect(report).toContain('at 1 of 5000 notifications');
    expect(report).toContain('item.text: expected "other", got "line 4320"');
    expect(report.split('\n').length).toBeLessThan(20);
  });

  it('shows both timelines side by side, with the differing fields', () => {
    const run$ = fromMarbles('{thread turn} 72ms {+cmd0} 157ms {cmd0} 2ms {warn1} 3s {done |}', {
      ...values,
      cmd0: events.itemCompleted(items.commandExecution('ls', { exit_code: 2, aggregated_output: 'no such file' })),
      warn1: events.itemCompleted(items.error('careful', { id: 'item_1' })),
    });
    expect(
      failureOf(() => {
        expectRun(run$).toBe(diagram, values);
      }),
    ).toBe(
      [
        'The run differs from the expected one at 5 of 8 notifications (✗).',
        '',
        '  expected           actual',
        '  … 1 as expected',
        '        0ms  turn          0ms  turn',
        '       72ms  +cmd0        72ms  +cmd0',
        '✗     229ms  cmd0        229ms  cmd0',
        '      item.aggregated_output: expected "", got "no such file"',
        '      item.exit_code: expected 0, got 2',
        '      item.status: expected "completed", got "failed"',
        '✗     229ms  msg1               –',
        '      missing',
        '✗            –           231ms  warn1',
        '      not expected',
        '✗    3229ms  done       3231ms  done',
        '      2 ms late',
        '✗    3229ms  |          3231ms  |',
        '      2 ms late',
        '',
      ].join('\n'),
    );
  });

  it('shows an unexpected end', () => {
    expect(
      failureOf(() => {
        expectRun(throwError(() => new TypeError('quota'))).toBe('|');
      }),
    ).toContain('# TypeError: quota');
    expect(
      failureOf(() => {
        expectRun(NEVER).toBe('|');
      }),
    ).toContain('missing');
  });

  it('shows the first difference of long texts', () => {
    const [a, b] = [`${'x'.repeat(5000)}left`, `${'x'.repeat(5000)}right`];
    expect(
      failureOf(() => {
        expectRun(of(message(a))).toBe('{m |}', { m: message(b) });
      }),
    ).toContain('item.text: expected …"xxxxxxxxxxxxxxxright", got …"xxxxxxxxxxxxxxxleft"');
  });
});

describe('codexScheduler', () => {
  it('throws the report at the end of run', () => {
    const report = failureOf(() => {
      codexScheduler().run((helpers) => {
        helpers.expectRun(of('a')).toBe('(b|)');
      });
    });
    expect(report).toContain('expected "b", got "a"');
  });

  it('is the scheduler of the exported expectRun during run', () => {
    let checked = false;
    const work = () => {
      codexScheduler().run(({ cold }) => {
        expectRun(cold('a-b|')).toBe('a-x|');
        checked = true;
      });
    };
    expect(failureOf(work)).toContain('expected "x", got "b"');
    expect(checked).toBe(true);
  });

  it('provides the helpers of RxJS with failures that show timelines', () => {
    codexScheduler().run(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('--a--b|');
      expectObservable(source$.pipe(take(1), delay(5))).toBe('--- 4ms (a|)');
      expectSubscriptions(source$.subscriptions).toBe('^-!');
    });
    const failing = (work: Parameters<ReturnType<typeof codexScheduler>['run']>[0]) =>
      failureOf(() => codexScheduler().run(work));
    expect(
      failing(({ cold, expectObservable }) => {
        expectObservable(cold('a-b|')).toBe('a--b|');
      }),
    ).toContain('1 ms early');
    expect(
      failing(({ cold, expectObservable, expectSubscriptions }) => {
        const source$ = cold('a-b|');
        expectObservable(source$);
        expectSubscriptions(source$.subscriptions).toBe('^----!');
      }),
    ).toContain('0.unsubscribedFrame: expected 5, got 3');
  });

  it('returns the value of the test, and drops its expectations when the test throws', () => {
    const scheduler = codexScheduler();
    expect(scheduler.run(() => 7)).toBe(7);
    const thrown = failureOf(() =>
      scheduler.run(({ expectRun: expectation }) => {
        expectation(of('a')).toBe('(b|)');
        throw new Error('own');
      }),
    );
    expect(thrown).toBe('own');
    expect(scheduler.run(() => 8)).toBe(8);
  });
});
