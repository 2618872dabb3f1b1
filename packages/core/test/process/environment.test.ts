import fc from 'fast-check';
import { buildEnvironment } from '../../src/process/environment.js';

describe('buildEnvironment', () => {
  const host = { PATH: '/bin', HOME: '/home', CODEX_HOME: '/host' };

  it("is the host's, with the home, the id of the run, and a quiet log", () => {
    expect(buildEnvironment({ codexHome: '/home/codex' }, host, 'run')).toEqual({
      PATH: '/bin',
      HOME: '/home',
      CODEX_HOME: '/home/codex',
      RUST_LOG: 'error',
      CODEX_RX_RUN_ID: 'run',
    });
  });

  it('lets env win, and removes what is undefined there', () => {
    const env = { PATH: undefined, CODEX_HOME: '/own', RUST_LOG: 'debug', NEW: '1' };
    expect(buildEnvironment({ codexHome: '/home/codex', env }, host, 'run')).toEqual({
      HOME: '/home',
      CODEX_HOME: '/own',
      RUST_LOG: 'debug',
      NEW: '1',
      CODEX_RX_RUN_ID: 'run',
    });
  });

  it("keeps the host's own RUST_LOG, and takes nothing from it with inheritEnv: false", () => {
    expect(buildEnvironment({}, { RUST_LOG: 'info' }, 'run')).toMatchObject({ RUST_LOG: 'info' });
    expect(buildEnvironment({ inheritEnv: false, env: { A: '1' } }, host, 'run')).toEqual({
      A: '1',
      RUST_LOG: 'error',
      CODEX_RX_RUN_ID: 'run',
    });
  });

  it('changes neither the host nor the request, and cannot lose the id of the run', () => {
    const variables = fc.dictionary(
      fc.constantFrom('A', 'B', 'CODEX_RX_RUN_ID'),
      fc.option(fc.string(), { nil: undefined }),
    );
    fc.assert(
      fc.property(variables, variables, (env, given) => {
        const before = structuredClone({ env, given });
        const built = buildEnvironment({ env }, given, 'run');
        expect({ env, given }).toEqual(before);
        expect(built.CODEX_RX_RUN_ID?.split('/').at(-1)).toBe('run');
        expect(Object.values(built)).not.toContain(undefined);
      }),
    );
  });
});
