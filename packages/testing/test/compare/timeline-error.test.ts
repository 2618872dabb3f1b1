import { map } from 'rxjs';
import { codexScheduler, fromMarbles } from '../../src/index.js';

function errorOf(run: () => void): Error {
  try {
    run();
  } catch (error) {
    return error as Error;
  }
  throw new Error('it did not throw');
}

const long = `the reason ${'x'.repeat(200)} and the hint`;

describe('a diagram of a stream that fails unexpectedly', () => {
  const reason = new TypeError(long);
  const failing$ = fromMarbles('{thread turn} 5ms {done |}').pipe(
    map(() => {
      throw reason;
    }),
  );
  const error = errorOf(() => {
    codexScheduler().run(({ expectRun }) => {
      expectRun(failing$).toBe('{thread turn} 5ms {done |}');
    });
  });

  it('quotes the whole error below the timelines, and has it as its cause', () => {
    expect(error.message).toContain(`The stream failed with TypeError: ${long}`);
    expect(error.cause).toBe(reason);
  });

  it('shows the lines of the code under test, not those of RxJS and the kit', () => {
    expect(error.message).toMatch(/at .*timeline-error\.test\.ts/);
    expect(error.stack).not.toMatch(/node_modules\/rxjs|packages\/testing\/src/);
  });
});

it('an expected error is compared, and is not the cause', () => {
  const error = errorOf(() => {
    codexScheduler().run(({ expectRun, cold }) => {
      expectRun(cold('--#', {}, new Error('one'))).toBe('2ms #', {}, new Error('two'));
    });
  });
  expect(error.message).toContain('expected "two", got "one"');
  expect(error.cause).toBeUndefined();
});
