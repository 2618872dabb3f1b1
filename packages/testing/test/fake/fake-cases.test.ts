import { fakeCodex } from '../../src/fake/index.js';
import { disposeAll } from '../../src/util/open-resources.js';
import { run } from '../helpers/start-fake.js';

afterEach(() => {
  disposeAll();
});

describe('cases of a fake', () => {
  it('count --version separately from invocations', async () => {
    const fake = fakeCodex({ steps: [], version: '0.44.0' });
    expect((await run(fake, ['--version'])).stdout.toString()).toBe('codex-cli 0.44.0\n');
    expect((await run(fakeCodex([]), ['-V'])).stdout.toString()).toBe('codex-cli 0.171.0\n');
    expect([fake.invocations(), fake.versionProbes()]).toEqual([[], 1]);
  });

  it('match the first case whose words the arguments contain in order', async () => {
    const fake = fakeCodex({
      steps: [{ raw: 'else' }],
      cases: [
        { argv: ['--version'], steps: [{ raw: 'own version' }] },
        { argv: ['mcp', 'list'], steps: [{ raw: 'mcp list' }] },
        { argv: ['exec', 'resume'], steps: [{ raw: 'resume' }] },
        { argv: ['exec'], steps: [{ raw: 'exec' }] },
      ],
    });
    const says = async (...argv: string[]) => (await run(fake, argv)).stdout.toString();
    expect(await says('exec', '--json', 'resume', 'id')).toBe('resume');
    expect(await says('resume', 'exec')).toBe('exec');
    expect(await says('mcp', '-c', 'a=b', 'list', '--json')).toBe('mcp list');
    expect(await says('login')).toBe('else');
    expect(await says('--version')).toBe('own version');
  });

  it('restrict a case to its n-th invocation', async () => {
    const fake = fakeCodex({
      steps: [{ raw: 'else' }],
      cases: [
        { argv: ['exec'], nth: 1, steps: [{ exit: 1 }] },
        { argv: ['exec'], nth: 3, steps: [{ raw: 'third' }] },
      ],
    });
    expect((await run(fake, ['exec'])).code).toBe(1);
    expect((await run(fake, ['other'])).stdout.toString()).toBe('else');
    expect((await run(fake, ['exec'])).stdout.toString()).toBe('else');
    expect((await run(fake, ['exec'])).stdout.toString()).toBe('third');
  });

  it('exit with an error message if no case matches', async () => {
    const fake = fakeCodex({ cases: [{ argv: ['exec'], steps: [] }] });
    const { code, stderr } = await run(fake, ['login']);
    expect(code).toBe(64);
    expect(stderr).toContain('no case of the script matches ["login"]');
  });
});
