import { expectRun, fromMarbles } from '@codex-rx/testing';

describe('a name without a value in an expected diagram', () => {
  const run$ = fromMarbles('{thread turn} 80ms {done |}');

  it.each([
    ['{msg |}', 'but {msg} has no value. Names of items have the number of their id, from 0: {msg0}.'],
    ['{+cmd |}', 'but {+cmd} has no value. Names of items have the number of their id, from 0: {+cmd0}.'],
    ['{x |}', 'but {x} has no value. Names of events, such as {turn}, {notice} or {+cmd0}, need no value.'],
  ])('is rejected with advice: %s', (marbles, advice) => {
    expect(() => {
      expectRun(run$).toBe(marbles);
    }).toThrow(advice);
  });
});
