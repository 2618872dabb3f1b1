import { from, lastValueFrom, map, toArray } from 'rxjs';
import { afterParents } from '../../src/sessions/after-parents.js';

interface Threaded {
  readonly id: string;
  readonly parent: string | undefined;
}

const order = (sessions: readonly Threaded[]): Promise<string[]> =>
  lastValueFrom(
    from(sessions).pipe(
      afterParents(),
      map(({ id }) => id),
      toArray(),
    ),
  );

describe('afterParents', () => {
  it('emits the sessions that another one started directly after it, depth first', async () => {
    const sessions = [
      { id: 'c', parent: 'b' },
      { id: 'd', parent: 'a' },
      { id: 'b', parent: 'a' },
      { id: 'a', parent: undefined },
    ];
    expect(await order(sessions)).toEqual(['a', 'd', 'b', 'c']);
  });

  it('emits sessions that started each other, or themselves, at the end', async () => {
    const sessions = [
      { id: 'a', parent: 'b' },
      { id: 'b', parent: 'a' },
      { id: 'c', parent: 'c' },
      { id: 'd', parent: undefined },
    ];
    expect(await order(sessions)).toEqual(['d', 'a', 'b', 'c']);
  });

  it('takes linear time and no stack for a long chain', async () => {
    const length = 30_000;
    const chain = Array.from({ length }, (_, at) => ({
      id: String(at),
      parent: at === 0 ? undefined : String(at - 1),
    }));
    expect(await order([...chain].reverse())).toEqual(chain.map(({ id }) => id));
  });
});
