import { disableFeature$, enableFeature$, features$ } from '@codex-rx/core/commands';
import fc from 'fast-check';
import { parseFeatures } from '../../../src/commands/features/parse-features.js';
import { recorded, recordedAt, speaking } from '../support/recorded.js';
import { errorOf, removeStandIns, says, standIn, valuesOf } from '../support/stand-in.js';

afterEach(removeStandIns);

describe('the list of features', () => {
  it.each(recorded('features-list').map((one) => [one.version, one] as const))(
    'is read from %s, row by row',
    (_version, one) => {
      const rows = one.stdout.trimEnd().split('\n');
      const features = parseFeatures(one.stdout);
      expect(features).toHaveLength(rows.length);
      expect(features.map(({ name, stage, enabled }) => [name, stage, String(enabled)])).toEqual(
        rows.map((row) => row.trim().split(/\t| {2,}/)),
      );
    },
  );

  it('parses stages of two words', () => {
    expect(parseFeatures(recordedAt('0.169.0', 'features-list').stdout)).toContainEqual({
      name: 'agent_message_board',
      stage: 'under development',
      enabled: false,
      extra: {},
    });
  });

  it('parses columns that are separated by tabs', () => {
    expect(parseFeatures('unified_exec\texperimental\tfalse\n')).toEqual([
      { name: 'unified_exec', stage: 'experimental', enabled: false, extra: {} },
    ]);
  });

  it.each([
    ['enabled', true],
    ['YES', true],
    ['on', true],
    ['1', true],
    ['disabled', false],
    ['n', false],
    ['off', false],
    ['0', false],
  ])('takes %s for %s', (word, enabled) => {
    expect(parseFeatures(`a b ${word}`)).toMatchObject([{ name: 'a', stage: 'b', enabled }]);
  });

  it('skips headers, rules, short rows and rows without a state', () => {
    expect(
      parseFeatures('Feature  Stage  Enabled\n-------+-----\n\na true\nb stable maybe\nc stable true\n'),
    ).toMatchObject([{ name: 'c' }]);
  });

  it.each<[string, unknown, object[]]>([
    [
      'rows in a list',
      [{ name: 'a', stage: 'beta', enabled: true, since: 3 }],
      [{ name: 'a', stage: 'beta', enabled: true, extra: { since: 3 } }],
    ],
    ['names in a list', ['a'], [{ name: 'a', stage: undefined, enabled: true }]],
    [
      'rows under a key',
      { features: [{ name: 'a', value: 'off', status: 'x' }] },
      [{ name: 'a', stage: 'x', enabled: false }],
    ],
    ['one row', { name: 'a', enabled: true }, [{ name: 'a', enabled: true }]],
    [
      'a map',
      { a: true, b: 'off', c: 'beta', d: { enabled: false, stage: 's' } },
      [
        { name: 'a', enabled: true },
        { name: 'b', enabled: false, stage: undefined },
        { name: 'c', enabled: true, stage: 'beta' },
        { name: 'd', enabled: false, stage: 's' },
      ],
    ],
    ['rows without a name or a state, left out', [{ enabled: true }, { name: 'a' }, 3, null], []],
  ])('takes JSON with %s', (_name, value, expected) => {
    expect(parseFeatures(JSON.stringify(value))).toMatchObject(expected);
    expect(parseFeatures(JSON.stringify(value))).toHaveLength(expected.length);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(Array.isArray(parseFeatures(text))).toBe(true);
      }),
    );
  });

  it('finds again whatever rows are written', () => {
    const word = fc.stringMatching(/^[a-z_.]{1,12}$/);
    const row = fc.record({ name: word, stage: fc.array(word, { minLength: 1, maxLength: 3 }), enabled: fc.boolean() });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1 }), fc.constantFrom('\t', '  ', '     '), (rows, gap) => {
        const text = rows.map(({ name, stage, enabled }) => [name, stage.join(' '), enabled].join(gap)).join('\n');
        expect(
          parseFeatures(text).map(({ name, stage, enabled }) => ({ name, stage: stage?.split(' '), enabled })),
        ).toEqual(rows);
      }),
    );
  });
});

describe('features$', () => {
  it('asks for the list, and emits it once', async () => {
    const fake = says('a  stable  true\nb  under development  false\n');
    await expect(valuesOf(features$(fake.options))).resolves.toMatchObject([
      [
        { name: 'a', stage: 'stable', enabled: true },
        { name: 'b', stage: 'under development', enabled: false },
      ],
    ]);
    expect(fake.invocations()[0]?.argv).toEqual(['features', 'list']);
  });

  it.each(['', 'nothing that is known\n'])('errors if it cannot parse %j', async (text) => {
    await expect(errorOf(features$(says(text).options))).resolves.toMatchObject({
      code: 'COMMAND_PARSE',
      output: text,
    });
  });

  it('needs 0.47', async () => {
    await expect(errorOf(features$(says('', 0, '0.44.0').options))).resolves.toMatchObject({
      code: 'CAPABILITY_UNSUPPORTED',
      message: 'features$ is not supported by codex 0.44.0: it needs CLI 0.47.0 or later. Install another CLI.',
    });
  });
});

describe('switching a feature', () => {
  it('enables and disables a feature by its name', async () => {
    const fake = says('Done.\n');
    await expect(valuesOf(enableFeature$({ ...fake.options, feature: 'memories' }))).resolves.toEqual([
      { feature: 'memories', enabled: true, text: 'Done.' },
    ]);
    await expect(valuesOf(disableFeature$({ ...fake.options, feature: 'a.b' }))).resolves.toMatchObject([
      { enabled: false },
    ]);
    expect(fake.invocations().map(({ argv }) => argv)).toEqual([
      ['features', 'enable', '--', 'memories'],
      ['features', 'disable', '--', 'a.b'],
    ]);
  });

  it.each(recorded('features-4-unknown').map((one) => [one.version, one] as const))(
    'names the field for a feature that %s does not know',
    async (version, one) => {
      const fake = speaking({ ...one, version });
      await expect(errorOf(enableFeature$({ ...fake.options, feature: 'no_such_feature' }))).resolves.toMatchObject({
        code: 'REQUEST_INVALID',
        field: 'feature',
      });
      await fake.dispose();
    },
  );

  it('passes on other failures unchanged', async () => {
    const fake = standIn([{ stderr: 'Error: no permission\n' }, { exit: 1 }]);
    await expect(errorOf(enableFeature$({ ...fake.options, feature: 'x' }))).resolves.toMatchObject({ code: 'EXIT' });
  });

  it.each(['', ' ', '-x', 'a b', 'a\n'])('rejects %j before it starts a process', async (feature) => {
    const fake = standIn();
    await expect(errorOf(disableFeature$({ ...fake.options, feature }))).resolves.toMatchObject({
      code: 'REQUEST_INVALID',
      field: 'feature',
    });
    expect(fake.invocations()).toEqual([]);
  });

  it('needs 0.98', async () => {
    const fake = says('', 0, '0.75.0');
    await expect(errorOf(enableFeature$({ ...fake.options, feature: 'x' }))).resolves.toMatchObject({
      code: 'CAPABILITY_UNSUPPORTED',
      since: '0.98.0',
    });
    expect(fake.invocations()).toEqual([]);
  });
});
