import { doctor$ } from '@codex-rx/core/commands';
import { removeFolders } from './support/real.js';
import { recorded, speaking } from './support/recorded.js';
import { errorOf, removeStandIns, says, valuesOf } from './support/stand-in.js';

afterEach(async () => {
  await removeStandIns();
  removeFolders();
});

describe('doctor$', () => {
  it.each(recorded('doctor-json').map((one) => [one.version, one] as const))(
    'gives the report of %s, in which something fails',
    async (version, one) => {
      const fake = speaking(one);
      const [report] = await valuesOf(doctor$(fake.options));
      expect(one.exitCode).toBe(1);
      expect(report).toMatchObject({ overallStatus: 'fail', codexVersion: version, binarySource: 'option' });
      expect(report?.binary).toBe(fake.options.binary);
      expect(report?.checks['auth.credentials']).toMatchObject({ category: 'auth', status: 'fail' });
      expect(fake.invocations()[0]?.argv).toEqual(['doctor', '--json']);
      await fake.dispose();
    },
  );

  it('errors if the report cannot be parsed or the CLI fails', async () => {
    await expect(errorOf(doctor$(says('{"schemaVersion":1}', 1).options))).resolves.toMatchObject({
      code: 'COMMAND_PARSE',
    });
    await expect(errorOf(doctor$(says('', 2).options))).resolves.toMatchObject({ code: 'EXIT', exitCode: 2 });
  });

  it('needs 0.150', async () => {
    const fake = says('', 0, '0.125.0');
    await expect(errorOf(doctor$(fake.options))).resolves.toMatchObject({
      code: 'CAPABILITY_UNSUPPORTED',
      since: '0.150.0',
    });
    expect(fake.invocations()).toEqual([]);
  });
});
