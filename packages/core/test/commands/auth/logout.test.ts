import { logout$ } from '@codex-rx/core/commands';
import { removeFolders } from '../support/real.js';
import { recorded, speaking } from '../support/recorded.js';
import { errorOf, removeStandIns, standIn, valuesOf } from '../support/stand-in.js';

afterEach(async () => {
  await removeStandIns();
  removeFolders();
});

describe('logout', () => {
  it.each(recorded('login-4-logout').map((one) => [one.version, one] as const))(
    'has logged out (%s)',
    async (_v, one) => {
      const fake = speaking(one);
      await expect(valuesOf(logout$(fake.options))).resolves.toEqual([{ state: 'loggedOut' }]);
      expect(fake.invocations()[0]?.argv).toEqual(['logout']);
      await fake.dispose();
    },
  );

  it.each(recorded('login-5-logout-again').map((one) => [one.version, one] as const))(
    'had nothing to do (%s)',
    async (_v, one) => {
      const fake = speaking(one);
      await expect(valuesOf(logout$(fake.options))).resolves.toEqual([{ state: 'alreadyLoggedOut' }]);
      await fake.dispose();
    },
  );

  it('is an error if it fails, also with the message that nobody is logged in', async () => {
    const fake = standIn([{ stderr: 'Not logged in\n' }, { exit: 1 }]);
    await expect(errorOf(logout$(fake.options))).resolves.toMatchObject({ code: 'EXIT', category: 'auth' });
  });
});
