import { join } from 'node:path';
import type { Observable } from 'rxjs';
import { replay$ } from '../../src/fixtures/index.js';
import { expectRun, fromMarbles, toMarbles } from '../../src/marbles/index.js';
import { lines, record, run, useFixtureFolder } from '../helpers/fixture-folder.js';

const folder = useFixtureFolder();

describe('toMarbles', () => {
  it('converts events to a synchronous diagram', () => {
    expect(toMarbles(run).marbles).toBe('{thread turn msg0 done |}');
  });

  it('converts a recorded run to a diagram that replays it', () => {
    const fixture = record(
      fromMarbles('{a b} 100ms {c} 3s {d} 5ms {|}', {
        a: lines[0],
        b: lines[1],
        c: lines[2],
        d: lines[3],
      }) as Observable<string>,
      join(folder(), 'own'),
    );
    const marbles = toMarbles(fixture);
    expect(marbles.marbles).toBe('{thread turn} 100ms {msg0} 3000ms {done} 5ms {|}');
    expectRun(fromMarbles(marbles)).toBe(toMarbles(fixture));
    expectRun(replay$(fixture)).toBe(marbles);
    expect(toMarbles(fixture, { pace: 'sync' }).marbles).toBe('{thread turn msg0 done |}');
  });
});
