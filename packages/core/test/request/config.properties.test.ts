import { fc, test as prop } from '@fast-check/jest';
import TOML from '@iarna/toml';
import { configArgs } from '../../src/request/config-args.js';
import { tomlValue } from '../../src/request/toml-value.js';
import type { ConfigTable, ConfigValue } from '../../src/request/types.js';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('', '"', "'", '"""', '\\', 'a\nb', '\u0000\u0001', '\u007f', '\u2028', '#', '= 1'),
);
const number = fc.oneof(
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 1e-7, 1e21, 2 ** 53, -(2 ** 63)),
);
const date = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
const bareKey = fc.stringMatching(/^[A-Za-z0-9_-]{1,8}$/);
const anyKey = fc
  .oneof(bareKey, fc.string({ unit: 'binary', maxLength: 6 }), fc.constantFrom('a.b', '', ' ', '/x', '"'))
  .filter((key) => key !== '__proto__');

const value: fc.Arbitrary<ConfigValue> = fc.letrec<{ value: ConfigValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'value' },
    text,
    number,
    fc.boolean(),
    date,
    fc.array(tie('value'), { maxLength: 4, depthIdentifier: 'value' }),
    fc.dictionary(anyKey, tie('value'), { maxKeys: 3, depthIdentifier: 'value', noNullPrototype: true }),
  ),
})).value;
const table: fc.Arbitrary<ConfigTable> = fc.dictionary(
  bareKey.filter((key) => key !== '__proto__'),
  value,
  { maxKeys: 4, noNullPrototype: true },
);

/** As the CLI reads `-c`: key to the first `=`, split at every dot; value as TOML. */
function read(args: readonly string[]): unknown {
  const root: Record<string, unknown> = {};
  args.forEach((arg, index) => {
    const override = arg === '-c' ? undefined : arg.replace(/^-c=/, '');
    if (override === undefined) return;
    expect(arg.startsWith('-c=') || args[index - 1] === '-c').toBe(true);
    const at = override.indexOf('=');
    const path = override.slice(0, at).split('.');
    let node = root;
    for (const part of path.slice(0, -1)) node = (node[part] ??= {}) as Record<string, unknown>;
    node[path.at(-1) ?? ''] = TOML.parse(`value = ${override.slice(at + 1)}`).value;
  });
  return root;
}

/** TOML's parser gives its own classes, and -0 and 1e21 in a form of its own: compare what they mean. */
function plain(any: unknown): unknown {
  if (any instanceof Date) return `date ${any.toISOString()}`;
  if (typeof any === 'bigint') return Number(any);
  if (Array.isArray(any)) return any.map(plain);
  if (typeof any === 'object' && any !== null)
    return Object.fromEntries(Object.entries(any).map(([key, item]) => [key, plain(item)]));
  return any === 0 ? 0 : any;
}

describe('tomlValue', () => {
  prop.prop([value])('is read back as the same value', (any) => {
    expect(plain(TOML.parse(`value = ${tomlValue(any)}`).value)).toEqual(plain(any));
  });

  prop.prop([value])('stays on one line, without control characters', (any) => {
    // eslint-disable-next-line no-control-regex -- these are what is looked for
    expect(tomlValue(any)).not.toMatch(/[\u0000-\u001f\u007f]/);
  });
});

describe('configArgs', () => {
  prop.prop([table])('is read back as the same settings', (any) => {
    expect(plain(read(configArgs(any)))).toEqual(plain(any));
  });
});
