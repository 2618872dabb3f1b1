import { fc, test as prop } from '@fast-check/jest';
import TOML from '@iarna/toml';
import { buildArgv } from '../../src/request/argv.js';
import { cliCapabilities } from '../../src/request/cli-capabilities.js';
import { isTable } from '../../src/request/is-table.js';
import { mergeOptions } from '../../src/request/merge.js';
import { tomlValue } from '../../src/request/toml-value.js';
import type { CodexOptions, ConfigTable, ConfigValue } from '../../src/request/types.js';
import { validateOptions } from '../../src/request/validate.js';

const capabilities = cliCapabilities(undefined);

type Tree = Record<string, unknown>;

const FLAG_SETTINGS: ReadonlyMap<string, string> = new Map([
  ['--model', 'model'],
  ['--profile', 'profile'],
  ['--sandbox', 'sandbox_mode'],
  ['--local-provider', 'oss_provider'],
]);

/** The settings that the CLI makes of the arguments: `-c` in order, then `--enable`, `--disable` and other flags. */
function settings(options: CodexOptions): Tree {
  const { argv } = buildArgv({ ...options, prompt: 'p' }, { capabilities });
  const root: Tree = {};
  const values = (flag: string): string[] => argv.filter((_, index) => argv[index - 1] === flag);
  for (const override of values('-c')) {
    const at = override.indexOf('=');
    set(root, override.slice(0, at).trim().split('.'), TOML.parse(`value = ${override.slice(at + 1)}`).value);
  }
  for (const name of values('--enable')) set(root, ['features', name], true);
  for (const name of values('--disable')) set(root, ['features', name], false);
  for (const [flag, key] of FLAG_SETTINGS) for (const value of values(flag)) set(root, [key], value);
  if (argv.includes('--oss')) root.model_provider = 'oss';
  return root;
}

function set(root: Tree, path: readonly string[], value: unknown): void {
  let node = root;
  for (const key of path.slice(0, -1)) {
    if (!isTable(node[key])) node[key] = {};
    node = node[key] as Tree;
  }
  node[path.at(-1) ?? ''] = value;
}

function get(tree: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((node, key) => (isTable(node) ? node[key] : undefined), tree);
}

function leaves(tree: Tree, path: readonly string[] = []): string[][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    isTable(value) ? leaves(value, [...path, key]) : [[...path, key]],
  );
}

const startsWith = (path: readonly string[], start: readonly string[]): boolean =>
  start.every((key, index) => key === path[index]);

// Few keys, so that client and request often set the same one.
const key = fc.constantFrom('a', 'b', 'c');
const scalar = fc.oneof(fc.integer({ min: 0, max: 99 }), fc.boolean(), fc.constantFrom('x', 'y z', '"'));
const value: fc.Arbitrary<ConfigValue> = fc.letrec<{ value: ConfigValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'v' },
    scalar,
    fc.array(scalar, { maxLength: 2 }),
    fc.dictionary(key, tie('value'), { minKeys: 1, maxKeys: 2, noNullPrototype: true, depthIdentifier: 'v' }),
  ),
})).value;
const feature = fc.constantFrom('goals', 'memories');
const known: fc.Arbitrary<ConfigTable> = fc.record(
  {
    model: fc.constantFrom('m1', 'm2'),
    profile: fc.constantFrom('p1', 'p2'),
    sandbox_mode: fc.constantFrom('read-only', 'workspace-write'),
    approval_policy: fc.constantFrom('never', 'on-request'),
    web_search: fc.constantFrom('live', 'disabled'),
    model_reasoning_effort: fc.constantFrom('low', 'high'),
    model_provider: fc.constantFrom('q1', 'q2'),
    features: fc.dictionary(feature, fc.boolean(), { minKeys: 1, noNullPrototype: true }),
  },
  { requiredKeys: [], noNullPrototype: true },
);
const config = fc
  .tuple(fc.dictionary(key, value, { maxKeys: 2, noNullPrototype: true }), known)
  .map(([own, named]): ConfigTable => ({ ...own, ...named }));
const override = fc.oneof(
  fc
    .tuple(fc.array(key, { minLength: 1, maxLength: 3 }), value)
    .map(([path, any]) => `${path.join('.')}=${tomlValue(any)}`),
  known.chain((table) => {
    const lines = Object.entries(table).map(([name, any]) => ` ${name} =${tomlValue(any ?? 0)}`);
    return lines.length === 0 ? fc.constant('a = 1') : fc.constantFrom(...lines);
  }),
  fc.tuple(feature, fc.boolean()).map(([name, on]) => `features.${name}=${String(on)}`),
);
const options: fc.Arbitrary<CodexOptions> = fc.record(
  {
    config,
    configOverrides: fc.array(override, { maxLength: 3 }),
    reasoning: fc.record({ effort: fc.constantFrom('minimal', 'medium') }),
    model: fc.constantFrom('m3', 'm4'),
    profile: fc.constantFrom('p3', 'p4'),
    sandbox: fc.constantFrom('read-only', 'danger-full-access'),
    approvalPolicy: fc.constant('never'),
    search: fc.constant(true),
    oss: fc.constant(true),
    localProvider: fc.constantFrom('ollama', 'lmstudio'),
    enable: fc.array(feature, { maxLength: 2 }),
    disable: fc.array(feature, { maxLength: 1 }),
  },
  { requiredKeys: [], noNullPrototype: true },
);

describe('mergeOptions', () => {
  prop.prop([options, options], { numRuns: 200 })(
    'prefers each setting of the request, by whichever option',
    (client, request) => {
      const alone = settings(request);
      const merged = settings(mergeOptions(client, request));
      for (const path of leaves(alone)) expect([path, get(merged, path)]).toEqual([path, get(alone, path)]);
    },
  );

  prop.prop([options, options], { numRuns: 200 })(
    'keeps the settings of the client that the request does not set',
    (client, request) => {
      const before = settings(client);
      const alone = [...leaves(settings(request)), ...leaves(request.config ?? {})];
      const replaced = (request.configOverrides ?? []).map((text) =>
        text.slice(0, text.indexOf('=')).trim().split('.'),
      );
      const merged = settings(mergeOptions(client, request));
      for (const path of leaves(before)) {
        if ([...alone, ...replaced].some((other) => startsWith(path, other) || startsWith(other, path))) continue;
        expect([path, get(merged, path)]).toEqual([path, get(before, path)]);
      }
    },
  );

  prop.prop([options, options, options])(
    'merges step by step as CodexOptions of three levels',
    (first, second, third) => {
      const alone = settings(third);
      const merged = settings(mergeOptions(mergeOptions(first, second), third));
      for (const path of leaves(alone)) expect([path, get(merged, path)]).toEqual([path, get(alone, path)]);
    },
  );

  prop.prop([options, options])('returns options that are as valid as both of its arguments', (client, request) => {
    expect(() => {
      validateOptions(mergeOptions(client, request));
    }).not.toThrow();
  });
});
