import { resolveHome } from '../../../src/home/resolve-home.js';
import { removeFolders } from '../support/real.js';
import { removeStandIns } from '../support/stand-in.js';

afterEach(async () => {
  await removeStandIns();
  removeFolders();
});

describe('the home of a command', () => {
  it('is that of the request, else that of the environment, else that of the user', () => {
    expect(resolveHome({ codexHome: '/a' }).root).toBe('/a');
    expect(resolveHome({ env: { CODEX_HOME: '/b' } }).root).toBe('/b');
    expect(resolveHome({ env: { CODEX_HOME: '', HOME: '/home/u' } }).root).toBe('/home/u/.codex');
    expect(resolveHome({ inheritEnv: false, env: { HOME: '/home/v' } }).configPath).toBe('/home/v/.codex/config.toml');
  });
});
