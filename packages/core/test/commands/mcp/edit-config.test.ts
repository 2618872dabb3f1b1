import TOML from '@iarna/toml';
import fc from 'fast-check';
import { ownTables, withoutServer, withServer } from '../../../src/commands/mcp/edit-config.js';
import { findTables } from '../../../src/commands/mcp/toml-tables.js';

const docs = { command: 'npx', args: ['-y', 'docs'], env: { TOKEN: 'abc' } };
const block = '[mcp_servers.docs]\ncommand = "npx"\nargs = ["-y", "docs"]\n\n[mcp_servers.docs.env]\nTOKEN = "abc"\n';

describe('a server in config.toml', () => {
  it('writes to an empty file', () => {
    expect(withServer('', 'docs', docs)).toEqual({ text: block, replaced: false });
  });

  it('is appended, and nothing else changes', () => {
    const text = '# mine\nmodel = "m"   # this one\n\n[features]\nplugins=false';
    expect(withServer(text, 'docs', docs)).toEqual({ text: `${text}\n\n${block}`, replaced: false });
  });

  it('takes the place of one of the same name, with all of its tables', () => {
    const text =
      '# top\n[mcp_servers.docs]\ncommand = "old"\n# inside\nextra = 1\n[mcp_servers.docs.env]\nA = "b"\n\n# of the next\n[mcp_servers.other]\nurl = "http://x"\n';
    expect(withServer(text, 'docs', docs)).toEqual({
      text: `# top\n${block}\n# of the next\n[mcp_servers.other]\nurl = "http://x"\n`,
      replaced: true,
    });
  });

  it('takes the place of one whose tables are apart', () => {
    const text = '[mcp_servers.docs]\ncommand = "old"\n\n[x]\na = 1\n\n[mcp_servers.docs.env]\nA = "b"\n';
    const edit = withServer(text, 'docs', docs);
    expect(TOML.parse(edit.text)).toEqual(TOML.parse(`${block}[x]\na = 1`));
    expect(edit.text).toContain('[x]\na = 1\n');
  });

  it('is the same when it is added twice', () => {
    const once = withServer('a = 1\n', 'docs', docs).text;
    expect(withServer(once, 'docs', docs)).toEqual({ text: once, replaced: true });
  });

  it('stays the same in the midst of a file, however often it is added', () => {
    const once = withServer('[mcp_servers.docs]\ncommand = "old"\n\n# next\n[x]\na = 1\n', 'docs', docs).text;
    expect(once).toBe(`${block}\n# next\n[x]\na = 1\n`);
    expect(withServer(once, 'docs', docs).text).toBe(once);
  });

  it('omits unset fields', () => {
    expect(withServer('', 'x', { url: 'http://x', bearer_token_env_var: undefined }).text).toBe(
      '[mcp_servers.x]\nurl = "http://x"\n',
    );
  });

  it('quotes a name where it must', () => {
    const { text } = withServer('', 'a.b/c', { command: 'x' });
    expect(text).toBe('[mcp_servers."a.b/c"]\ncommand = "x"\n');
    expect(withServer(text, 'a.b/c', { command: 'y' })).toEqual({
      text: '[mcp_servers."a.b/c"]\ncommand = "y"\n',
      replaced: true,
    });
  });

  it('is not misled by what only looks like a table', () => {
    const text =
      'd = """x""""\na = """\n[mcp_servers.docs]\n"""\nb = [\n  "[mcp_servers.docs]",\n]\ne = [\n[1],\n[2],\n]\nc = \'\'\'\n[x]\'\'\'\n# [mcp_servers.docs]\n';
    expect(withServer(text, 'docs', docs)).toEqual({ text: `${text}\n${block}`, replaced: false });
  });

  it('is not misled by quotes and brackets in a comment', () => {
    const text = '# it\'s one [ of\na = 1 # "{\n\n[mcp_servers.docs]\ncommand = "old" # don\'t [\n';
    expect(withServer(text, 'docs', docs)).toEqual({
      text: `# it's one [ of\na = 1 # "{\n\n${block}`,
      replaced: true,
    });
  });

  it.each([
    ['inline', 'mcp_servers = { docs = { command = "old" } }\n'],
    ['another one inline', 'mcp_servers = { other = { command = "old" } }\n'],
    ['dotted', 'mcp_servers.docs.command = "old"\n'],
    ['no table', 'mcp_servers = 3\n'],
  ])('is refused where servers are written in another way: %s', (_name, text) => {
    expect(() => withServer(text, 'docs', docs)).toThrow(/mcp_servers/);
  });

  it('rejects text that is not TOML', () => {
    expect(() => withServer('a = \n', 'docs', docs)).toThrow(Error);
  });

  const key = fc.oneof(
    fc.stringMatching(/^[a-z_]{1,6}$/),
    fc.string({ minLength: 1, maxLength: 5, unit: 'grapheme-ascii' }),
  );
  const scalar = fc.oneof(
    fc.string(),
    fc.constantFrom('"""', "'''", '[mcp_servers.docs]', '# no', '\\', 'a\nb'),
    fc.integer(),
    fc.boolean(),
    fc.array(fc.string(), { maxLength: 3 }),
  );
  const table = fc.dictionary(
    key,
    fc.oneof(
      { weight: 3, arbitrary: scalar },
      { weight: 1, arbitrary: fc.dictionary(key, scalar, { maxKeys: 3, noNullPrototype: true }) },
    ),
    {
      maxKeys: 4,
      noNullPrototype: true,
    },
  );

  // Without values it would be written inline.
  const filled = table.map((values) => ({ ...values, command: 'c' }));

  it('is there in any file, and nothing else is changed', () => {
    fc.assert(
      fc.property(
        table,
        fc.dictionary(key, filled, { maxKeys: 3, noNullPrototype: true }),
        key,
        table,
        (rest, servers, name, server) => {
          const others = Object.fromEntries(Object.entries(rest).filter(([field]) => field !== 'mcp_servers'));
          const before = TOML.stringify({
            ...others,
            ...(Object.keys(servers).length > 0 ? { mcp_servers: servers } : {}),
          });
          const { text, replaced } = withServer(before, name, server);
          const parsed = TOML.parse(before);
          const expected = {
            ...parsed,
            mcp_servers: { ...(parsed.mcp_servers as object | undefined), [name]: server },
          };
          expect(JSON.parse(JSON.stringify(sorted(TOML.parse(text))))).toEqual(
            JSON.parse(JSON.stringify(sorted(expected))),
          );
          expect(replaced).toBe(Object.hasOwn((parsed.mcp_servers ?? {}) as object, name));
        },
      ),
      { numRuns: 300 },
    );
  });
});

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.entries(value)
    .map(([name, item]) => [name, sorted(item)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

describe('the tables of a TOML text', () => {
  it('are found with their paths and their ends', () => {
    const text = 'a = 1\n[b]\nx = 1\n\n# c\n[[c."d.e"]]\ny = [\n1,\n]\n';
    expect(findTables(text).map(({ path, start, end }) => [path, text.slice(start, end)])).toEqual([
      [['b'], '[b]\nx = 1\n'],
      [['c', 'd.e'], '[[c."d.e"]]\ny = [\n1,\n]\n'],
    ]);
  });
});

describe('a server that is taken out of config.toml', () => {
  it('leaves every byte outside of its tables', () => {
    const kept =
      '# ALPHA\n[mcp_servers.alpha]\ncommand = "npx" # inline\nargs = ["-y", "alpha"]\nfuture_key = "keep"\n';
    const text = `${kept}\n[mcp_servers.beta]\ncommand = "true"\n[mcp_servers.beta.env]\nA = "b"\n\n# of x\n[x]\na = 1\n`;
    expect(withoutServer(text, 'beta')).toEqual({ text: `${kept}\n\n# of x\n[x]\na = 1\n`, replaced: true });
  });

  it('may be the last one, and the last table', () => {
    expect(withoutServer('a = 1\n\n[mcp_servers.beta]\ncommand = "true"\n', 'beta')).toEqual({
      text: 'a = 1\n\n',
      replaced: true,
    });
    expect(withoutServer('[mcp_servers]\n[mcp_servers.beta]\ncommand = "true"\n', 'beta').text).toBe('[mcp_servers]\n');
  });

  it('changes nothing if it is not there', () => {
    for (const text of ['', 'a = 1\n', '[mcp_servers.alpha]\ncommand = "x"\n', 'mcp_servers = {}\n'])
      expect(withoutServer(text, 'beta')).toEqual({ text, replaced: false });
  });

  it.each([
    'mcp_servers = { beta = { command = "x" } }\n',
    'mcp_servers.beta.command = "x"\n',
    '[mcp_servers]\nbeta = { command = "x" }\n',
  ])('is refused where it is not a table: %j', (text) => {
    expect(() => withoutServer(text, 'beta')).toThrow(/mcp_servers/);
  });

  it('round-trips any server', () => {
    const text = '[mcp_servers.alpha]\ncommand = "x"\n';
    const { text: edited } = withServer(text, 'docs', docs);
    expect(ownTables(edited, 'docs')).toBe(block);
    expect(withoutServer(edited, 'docs').text).toBe(`${text}\n`);
  });
});

describe('an edit of a large file', () => {
  /** A quadratic function takes minutes. */
  const LIMIT_MS = 40_000;
  const names = Array.from({ length: 20_000 }, (_, index) => `t${String(index)}`);

  it.each([
    ['tables', names.map((name) => `[${name}]\n`).join('')],
    ['tables of arrays', '[[a]]\n'.repeat(20_000)],
    ['nested tables of the server', names.map((name) => `[mcp_servers.docs.${name}]\n[${name}]\n`).join('')],
    ['settings', names.map((name) => `${name} = 1\n`).join('')],
    ['quotation marks', `a = '''${'"'.repeat(500_000)}'''\n`],
  ])('of %s takes linear time', (_what, text) => {
    const start = performance.now();
    expect(withServer(text, 'docs', docs).text).toContain('command = "npx"');
    expect(performance.now() - start).toBeLessThan(LIMIT_MS);
  });

  it('rejects tables that are nested too deeply', () => {
    for (const text of [
      `${'a.'.repeat(5_000)}a = 1`,
      `[${'a.'.repeat(200)}a]`,
      `a = ${'['.repeat(200)}${']'.repeat(200)}`,
    ])
      expect(() => withServer(text, 'docs', docs)).toThrow(/nested/);
  });
});
