import { fakeCodex } from '../../src/fake/index.js';
import { isAlive, waitUntil } from '../../src/processes/index.js';
import { disposeAll } from '../../src/util/open-resources.js';
import { onlyInvocation } from '../helpers/only-invocation.js';
import { ended, run, start } from '../helpers/start-fake.js';

afterEach(() => {
  disposeAll();
});

describe('exit steps of a fake', () => {
  it('exits immediately with the code of the script', async () => {
    expect(await run(fakeCodex([{ exit: 3 }, { line: 'never' }]))).toMatchObject({
      code: 3,
      stdout: Buffer.alloc(0),
    });
  });

  it.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)('terminates itself by %s', async (signal) => {
    expect(await run(fakeCodex([{ ignore: ['SIGTERM'] }, { signal }]))).toMatchObject({ code: null, signal });
  });

  it('ignores signals and reports them', async () => {
    const fake = fakeCodex([{ ignore: ['SIGINT', 'SIGTERM'] }, { line: 'ready' }, { hang: true }]);
    const child = start(fake);
    child.stdin?.end();
    await new Promise((resolve) => child.stdout?.once('data', resolve));
    child.kill('SIGINT');
    await waitUntil(() => onlyInvocation(fake).signals.length === 1);
    child.kill('SIGTERM');
    await waitUntil(() => onlyInvocation(fake).signals.length === 2);
    expect(isAlive(child.pid ?? 0)).toBe(true);
    expect(onlyInvocation(fake).signals).toEqual(['SIGINT', 'SIGTERM']);
  });

  it('runs steps when a signal arrives', async () => {
    const fake = fakeCodex([
      { on: 'SIGINT', steps: [{ line: 'bye' }, { exit: 130 }] },
      { line: 'ready' },
      { hang: true },
    ]);
    const child = start(fake);
    child.stdin?.end();
    child.stdout?.once('data', () => child.kill('SIGINT'));
    const { code } = await ended(child);
    expect(code).toBe(130);
    expect(onlyInvocation(fake).signals).toEqual(['SIGINT']);
  });
});
