import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { bundle, program, removeBundles } from '../exec/support/bundle.js';
import { leavesNothing } from '../exec/support/leaves-nothing.js';
import type { hostState } from './parts.js';
import type { TurnsResult } from './turns.js';

interface Results {
  readonly atOnce: string[];
  readonly inTurn: { readonly problems: string[]; readonly heapGrown: number };
  readonly stream: { readonly events: number; readonly grown: number };
  readonly states: ReturnType<typeof hostState>[];
}

const place = leavesNothing();
let scale = '';
let turns = '';
beforeAll(() => {
  scale = bundle(program('scale.ts'));
  turns = bundle(program('turns.ts'));
});
afterAll(removeBundles);

// `npm run soak:runs` does the same with 200 concurrent runs, 16 of the real CLI, 5,000 consecutive runs, and 1 GB.
it('many runs in one process do not mix, and leak no handles, listeners and memory', async () => {
  const spec = JSON.stringify({ concurrent: 60, consecutive: 150, bytes: 30_000_000 });
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--expose-gc', scale, spec], {
    env: { ...process.env, ...place.mark, TMPDIR: place.tmp },
  });
  expect(stderr).toBe('');
  const { atOnce, inTurn, stream, states } = JSON.parse(stdout) as Results;
  expect(atOnce).toEqual([]);
  expect(inTurn.problems).toEqual([]);
  expect(inTurn.heapGrown).toBeLessThan(4);
  expect(stream.events).toBeGreaterThan(30_000);
  expect(stream.grown).toBeLessThan(100);
  expect(states.slice(1)).toEqual([states[0], states[0], states[0]]);
});

// `npm run soak:app-server` does the same with 1,000 turns of the real server.
it('many turns through one app-server leak no handles, listeners and heap', async () => {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--expose-gc', turns, '500'], {
    env: { ...process.env, ...place.mark, TMPDIR: place.tmp },
  });
  expect(stderr).toBe('');
  const { problems, heap, states } = JSON.parse(stdout) as TurnsResult;
  expect(problems).toEqual([]);
  expect(states[1]).toEqual(states[0]);
  expect(heap[1] - heap[0]).toBeLessThan(2);
});
