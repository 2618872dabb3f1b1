import { version$ } from '@codex-rx/core/commands';
import { removeFolders } from './support/real.js';
import { recorded, speaking } from './support/recorded.js';
import { errorOf, removeStandIns, standIn, valuesOf } from './support/stand-in.js';

afterEach(async () => {
  await removeStandIns();
  removeFolders();
});

describe('version$', () => {
  it.each(recorded('version').map((one) => [one.version, one] as const))('reads what %s says', async (version, one) => {
    // Stand-ins answer `--version` by themselves.
    await expect(valuesOf(version$(speaking({ ...one, version }).options))).resolves.toEqual([
      { version, text: `codex-cli ${version}` },
    ]);
  });

  it('keeps what is before a release', async () => {
    await expect(valuesOf(version$(standIn({ version: '0.150.0-alpha.3', steps: [] }).options))).resolves.toMatchObject(
      [{ version: '0.150.0-alpha.3' }],
    );
  });

  it('errors without a version in the output', async () => {
    await expect(errorOf(version$(standIn({ version: 'unknown', steps: [] }).options))).resolves.toMatchObject({
      code: 'COMMAND_PARSE',
      command: 'codex --version',
    });
  });
});
