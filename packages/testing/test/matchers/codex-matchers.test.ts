import '../../src/jest/index.js';
import { expectTypeOf } from 'expect-type';
import { of } from 'rxjs';
import { completedRun } from '../helpers/matched-runs.js';

describe('CodexMatchers', () => {
  it('declares the types of the matchers', () => {
    const wrong = [
      // @ts-expect-error This outcome does not exist.
      () => expect(completedRun).toEndTurn('ended'),
      // @ts-expect-error An event does not have this field.
      () => expect(completedRun).toEmitEvents([{ type: 'turn.started', item: { txt: 1 } }]),
    ];
    expect(wrong).toHaveLength(2);
    expectTypeOf(expect(of(...completedRun)).toEmitEvents).returns.toEqualTypeOf<Promise<void>>();
  });
});
