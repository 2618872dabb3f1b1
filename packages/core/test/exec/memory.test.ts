import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type FakeStep, fakeCodex } from '@codex-rx/testing';
import { bundle, program, removeBundles } from './support/bundle.js';
import { leavesNothing } from './support/leaves-nothing.js';
import { completed, started } from './support/lines.js';

const place = leavesNothing();
let memoryProgram = '';
beforeAll(() => {
  memoryProgram = bundle(program('memory.ts'));
});
afterAll(removeBundles);

interface Measured {
  readonly events: number;
  readonly outcome: string;
  /** MiB by which the highest memory use of the host grew. */
  readonly grown: number;
}

async function measure(steps: readonly FakeStep[]): Promise<Measured> {
  const request = (script: readonly FakeStep[]) => ({ prompt: 'hello', ...fakeCodex(script).options, timeout: 0 });
  const spec = { warmUp: request([{ lines: [started, completed] }]), request: request(steps) };
  const { stdout } = await promisify(execFile)(process.execPath, [memoryProgram, JSON.stringify(spec)], {
    env: { ...process.env, TMPDIR: place.tmp },
  });
  return JSON.parse(stdout) as Measured;
}

// The memory of a run is bounded by the longest line, not by the total output of the CLI.
describe('the memory of the host does not grow with', () => {
  it('200 MB of stderr', async () => {
    const measured = await measure([{ line: started }, { flood: 'stderr', bytes: 200_000_000 }, { line: completed }]);
    expect(measured).toMatchObject({ events: 2, outcome: 'complete' });
    expect(measured.grown).toBeLessThan(80);
  });

  it('100 MB of lines', async () => {
    const measured = await measure([{ line: started }, { flood: 'stdout', bytes: 100_000_000 }, { line: completed }]);
    expect(measured.outcome).toBe('complete');
    expect(measured.events).toBeGreaterThan(50_000);
    expect(measured.grown).toBeLessThan(120);
  });

  it('a line of 500 MB, which is longer than a line may be', async () => {
    const measured = await measure([{ line: started }, { longLine: 500_000_000 }, { line: completed }]);
    expect(measured).toMatchObject({ events: 3, outcome: 'complete' });
    expect(measured.grown).toBeLessThan(120);
  });

  it('what a process writes after its turn', async () => {
    const measured = await measure([{ lines: [started, completed] }, { flood: 'stdout', bytes: 100_000_000 }]);
    expect(measured.outcome).toBe('complete');
    expect(measured.grown).toBeLessThan(120);
  });
});
