import type { ThreadEvent } from '@codex-rx/core/events';
import { idleTimeout } from '../../src/operators/idle-timeout.js';
import {
  command,
  completed,
  malformed,
  message,
  notice,
  started,
  threadStarted,
  turnCompleted,
  turnStarted,
} from '../support/events.js';
import { marbles, matching } from '../support/operator-checklist.js';

const ended = { status: 'completed', exit_code: 0 };
const values = {
  a: threadStarted('t1', { attempt: 1 }),
  t: threadStarted(),
  u: turnStarted(),
  s: started(command('item_0')),
  c: completed(command('item_0', ended)),
  o: started(command('item_1')),
  p: completed(command('item_1', ended)),
  m: completed(message('item_2')),
  n: notice(),
  d: turnCompleted(),
  x: malformed('item.completed'),
};

const onlyMessages = (event: ThreadEvent) => event.type === 'item.completed' && event.item.type === 'agent_message';

describe('the limit of idleTimeout that applies', () => {
  it('is that of now, also if what has changed it is no activity', () => {
    marbles(({ cold, expectObservable }) => {
      const source$ = cold('m-s 97ms c', values);
      for (const whileRunning of [Infinity, 400]) {
        expectObservable(source$.pipe(idleTimeout({ each: 50, whileRunning, isActivity: onlyMessages }))).toBe(
          'm-s 97ms c 49ms #',
          values,
          matching({
            message: 'No activity for 50 ms (each; last event: item.completed).',
            info: { idleFor: 50, phase: 'each', lastEvent: values.c, seen: 3 },
          }),
        );
      }
    });
  });

  it('is counted from when it came to apply: what a command took is not held against what follows', () => {
    const operator$ = idleTimeout({ each: 5, whileRunning: 9, isActivity: onlyMessages });
    const error = matching({ info: matching({ idleFor: 9, phase: 'whileRunning' }) });
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('m---s-------c---m|', values).pipe(operator$)).toBe('m---s-------c---m|', values);
      expectObservable(cold('m---s', values).pipe(operator$)).toBe('m---s 8ms #', values, error);
    });
  });

  it('goes on while another command is open, and starts with the end of the last one', () => {
    const operator$ = idleTimeout({ each: 3, whileRunning: 9, isActivity: onlyMessages });
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('s-o-c', values).pipe(operator$)).toBe(
        's-o-c----#',
        values,
        matching({ info: { idleFor: 9, phase: 'whileRunning', lastEvent: values.c, seen: 3 } }),
      );
      expectObservable(cold('ms-o-c-p', values).pipe(operator$)).toBe(
        'ms-o-c-p--#',
        values,
        matching({ info: { idleFor: 3, phase: 'each', lastEvent: values.p, seen: 5 } }),
      );
    });
  });

  it('is not begun anew by what neither is activity nor changes it', () => {
    const operator$ = idleTimeout({ each: 5, isActivity: onlyMessages });
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('m-u-n-n', values).pipe(operator$)).toBe('m-u-n#', values, matching({}));
      expectObservable(cold('m-u-x-n', values).pipe(operator$)).toBe('m-u-x#', values, matching({}));
    });
  });

  it('is `whileRunning` while a command is open, also before the first activity', () => {
    const operator$ = idleTimeout({ first: 4, each: 2, whileRunning: Infinity, isActivity: onlyMessages });
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('t-u-s 60m c--m-|', values).pipe(operator$)).toBe('t-u-s 60m c--m-|', values);
      expectObservable(cold('t-u-s 60m c', values).pipe(operator$)).toBe(
        't-u-s 60m c---#',
        values,
        matching({ info: { idleFor: 4, phase: 'first', lastEvent: values.c, seen: 4 } }),
      );
    });
  });

  it('is none between turns, until the next one starts: that need not be activity', () => {
    const operator$ = idleTimeout({ each: 3, isActivity: onlyMessages });
    const error = matching({ info: matching({ idleFor: 3, phase: 'each' }) });
    marbles(({ cold, expectObservable }) => {
      for (const next of ['u', 't', 'a']) {
        expectObservable(cold(`md 60m ${next}`, values).pipe(operator$)).toBe(`md 60m ${next}--#`, values, error);
      }
      for (const next of ['n', 'c', 'x']) {
        expectObservable(cold(`md 60m ${next} 60m |`, values).pipe(operator$)).toBe(`md 60m ${next} 60m |`, values);
      }
    });
  });

  it('is none between turns, whatever the turns of others do', () => {
    const others = { ...values, m: completed(message('item_2'), 'u1', 't1'), v: turnStarted('u2', 't2') };
    const operator$ = idleTimeout({ each: 3, isActivity: onlyMessages });
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('md 60m v 60m |', others).pipe(operator$)).toBe('md 60m v 60m |', others);
    });
  });
});
