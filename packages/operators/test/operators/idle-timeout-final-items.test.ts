import { idleTimeout } from '../../src/operators/idle-timeout.js';
import { command, completed, started, turnStarted, updated } from '../support/events.js';
import { marbles, matching } from '../support/operator-checklist.js';

describe('for idleTimeout, a command that is final', () => {
  const events = (status: string) => ({
    u: turnStarted(),
    c: completed(command('item_0', { status: 'completed', exit_code: 0 })),
    s: started(command('item_0', { status })),
    l: updated(command('item_0', { status })),
    r: started(command('item_0')),
    w: updated(command('item_0')),
  });
  const operator$ = idleTimeout({ each: 3, whileRunning: Infinity });
  const error = matching({ info: matching({ phase: 'each' }) });

  it.each(['completed', 'failed', 'declined'])('is not open: it has %s', (status) => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('us', events(status)).pipe(operator$)).toBe('us--#', events(status), error);
      expectObservable(cold('url', events(status)).pipe(operator$)).toBe('url--#', events(status), error);
    });
  });

  it('is not opened again by what is told of it late', () => {
    const late = events('completed');
    marbles(({ cold, expectObservable }) => {
      for (const sequence of ['urcl', 'urcw', 'urcs']) {
        expectObservable(cold(sequence, late).pipe(operator$)).toBe(`${sequence}--#`, late, error);
      }
    });
  });

  it('is open when it is started again', () => {
    const again = events('completed');
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('urcr 60m |', again).pipe(operator$)).toBe('urcr 60m |', again);
    });
  });

  it('is open with a status that is not known yet', () => {
    const open = events('waiting');
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('us 60m |', open).pipe(operator$)).toBe('us 60m |', open);
      expectObservable(cold('url 60m |', open).pipe(operator$)).toBe('url 60m |', open);
    });
  });
});
