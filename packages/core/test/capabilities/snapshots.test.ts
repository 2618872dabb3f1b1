import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Capabilities,
  type CapabilityOverrides,
  parseCapabilities,
  parseCapabilityOverrides,
  readCapabilities,
  readCapabilityOverrides,
  serializeCapabilities,
  serializeCapabilityOverrides,
  writeCapabilities,
  writeCapabilityOverrides,
} from '@codex-rx/core/capabilities';
import { parse } from '@iarna/toml';
import fc from 'fast-check';
import { recordedCapabilities, VERSIONS } from './support/recorded.js';

const folder = mkdtempSync(join(tmpdir(), 'codex-rx-snapshots-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The error that a function throws. */
function errorOf(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('did not throw');
}

const formats = ['json', 'toml'] as const;
const full: Capabilities = {
  ...recordedCapabilities('0.171.0'),
  fingerprint: { path: '/opt/co"dex', size: 3, modified: 1_764_558_000_123.25, changed: 1_764_558_000_124.5, inode: 7 },
  methods: { clientRequests: ['thread/list'], serverRequests: [], serverNotifications: [] },
  overrides: { 'exec --add-dir': false },
  collectedAt: 1_764_558_000_123,
  plan: [{ name: 'version', outcome: 'timeout' }],
};
const overrides: CapabilityOverrides = { snapshot: full, version: '0.99.0', features: { 'add-dir': true } };

describe('the text of capabilities', () => {
  it.each(VERSIONS.flatMap((version) => formats.map((format) => [version, format] as const)))(
    'is the same after it is read again: %s as %s',
    (version, format) => {
      const capabilities = recordedCapabilities(version);
      expect(parseCapabilities(serializeCapabilities(capabilities, format), format)).toEqual(capabilities);
    },
  );

  it.each(formats)('keeps every field: %s', (format) => {
    expect(parseCapabilities(serializeCapabilities(full, format), format)).toEqual(full);
    expect(parseCapabilityOverrides(serializeCapabilityOverrides(overrides, format), format)).toEqual(overrides);
  });

  it('has no null in TOML, which cannot represent it', () => {
    const extra = { none: null, list: [1, null, { none: null }], text: 'l\u0000"' };
    const features = [{ name: 'plugins', stage: 'stable', enabled: true, extra }];
    const text = serializeCapabilities({ ...full, features }, 'toml');
    expect(parseCapabilities(text, 'toml').features?.[0]?.extra).toEqual({ list: [1, {}], text: 'l\u0000"' });
  });

  it('is TOML that other parsers accept', () => {
    expect(parse(serializeCapabilities(full, 'toml'))).toMatchObject({ collectedAt: 1_764_558_000_123 });
  });

  it.each(formats)('may start with a byte-order mark: %s', (format) => {
    const bom = '\u{feff}';
    expect(parseCapabilities(bom + serializeCapabilities(full, format), format)).toEqual(full);
    expect(parseCapabilityOverrides(bom + serializeCapabilityOverrides(overrides, format), format)).toEqual(overrides);
  });

  it('accepts null for a missing value, and ignores unknown keys', () => {
    const text = '{"version":null,"fingerprint":null,"features":null,"collectedAt":1,"plan":[],"more":1}';
    expect(parseCapabilities(text).version).toBeUndefined();
    expect(parseCapabilityOverrides('{}')).toEqual({});
  });

  it.each<[format: 'json' | 'toml', text: string, message: RegExp]>([
    ['json', '{', /is not JSON/],
    ['toml', '= 1', /is not TOML/],
    ['json', '[]', /The document/],
    ['json', '{"plan":[]}', /collectedAt: expected a finite number/],
    ['toml', 'collectedAt = "x"\nplan = []', /collectedAt: expected a finite number/],
    ['json', '{"collectedAt":1,"plan":[{"name":"x","outcome":"ok"}]}', /plan/],
    ['json', '{"collectedAt":1,"plan":[],"commands":{"exec":{"flags":[1],"args":[]}}}', /commands/],
  ])('is rejected as %s: %j', (format, text, message) => {
    const error = errorOf(() => parseCapabilities(text, format));
    expect(error).toMatchObject({ code: 'SNAPSHOT_DECODE', message: expect.stringMatching(message) as string });
  });

  it('throws nothing but a SnapshotError for any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), fc.constantFrom(...formats), (text, format) => {
        const error = errorOf(() => parseCapabilities(text, format));
        expect(error).toMatchObject({ code: 'SNAPSHOT_DECODE' });
      }),
    );
  });
});

describe('the files of capabilities', () => {
  it('have the format of their extension, in any case', () => {
    const [toml, json] = [join(folder, 'a.TOML'), join(folder, 'b.json')];
    writeCapabilities(toml, full);
    writeCapabilityOverrides(json, overrides);
    expect(readFileSync(toml, 'utf8')).toContain('[commands]');
    expect(readCapabilities(toml)).toEqual(full);
    expect(readCapabilityOverrides(json)).toEqual(overrides);
  });

  it('are replaced at once, with mode 0600 and without a rest', () => {
    const path = join(folder, 'c.json');
    const facts = recordedCapabilities('0.98.0');
    writeFileSync(path, 'old', { mode: 0o644 });
    writeCapabilities(path, facts);
    expect(readCapabilities(path)).toEqual(facts);
    expect(statSync(path).mode & 0o077).toBe(process.platform === 'win32' ? 0o066 : 0);
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('are not touched if the format is unknown', () => {
    const path = join(folder, 'c.yaml');
    expect(
      errorOf(() => {
        writeCapabilities(path, full);
      }),
    ).toMatchObject({ code: 'SNAPSHOT_FORMAT', path });
    expect(errorOf(() => readCapabilities(path))).toMatchObject({ code: 'SNAPSHOT_FORMAT' });
    writeCapabilities(path, full, 'json');
    expect(readCapabilities(path, 'json')).toEqual(full);
  });

  it('are errors with the path if they cannot be read, written or parsed', () => {
    expect(errorOf(() => readCapabilities(join(folder, 'no.json')))).toMatchObject({ code: 'SNAPSHOT_READ' });
    expect(
      errorOf(() => {
        writeCapabilities(join(folder, 'no', 'a.json'), full);
      }),
    ).toMatchObject({
      code: 'SNAPSHOT_WRITE',
    });
    const path = join(folder, 'bad.json');
    writeFileSync(path, '{}');
    expect(errorOf(() => readCapabilities(path))).toMatchObject({ code: 'SNAPSHOT_DECODE', path });
  });
});
