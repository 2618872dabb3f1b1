import fc from 'fast-check';
import { withoutServer, withServer } from '../../../src/commands/mcp/edit-config.js';
import { parseToml } from '../../../src/util/parse-toml.js';

const otherTables = [
  ['[features]', 'plugins = false   # mine'],
  ['[mcp_servers.docs2]', "command = 'a # b' # \u00A0 c"],
  ['[mcp_servers."docs.b"]', 'command = "x"', 'env = {', '  A = "1", # one', '  B = "[mcp_servers.docs]",', '}'],
  ['[profiles.constructor]', 'text = """', '[mcp_servers.docs]', '"""'],
  ['[[list]]', "a = '''", '# [mcp_servers.docs]', "'''"],
  ['[other]', 'a = [', '  [1],', '  ["]"], # ]', ']'],
];
const ownTables = [
  ['[mcp_servers.docs]', 'command = "npx"', 'args = [', '  "-y",', ']'],
  ['[ mcp_servers . "docs" . env ]', 'A = "b"'],
  ["  [mcp_servers.'docs'.tools.search] # search", 'approval_mode = "approve" # last'],
];
const gap = fc.array(fc.constantFrom('', '# a comment', '  # one more [', ' '), { maxLength: 3 });

interface Part {
  readonly isOwn: boolean;
  readonly text: string;
}

/** The parts of a file in order: the tables of the server `docs`, and all else. */
const files = fc
  .record({
    mark: fc.constantFrom('', '\uFEFF'),
    end: fc.constantFrom('\n', '\r\n'),
    head: gap,
    tables: fc.shuffledSubarray([...otherTables, ...ownTables]),
    gaps: fc.array(gap, { minLength: 9, maxLength: 9 }),
    endsOpen: fc.boolean(),
  })
  .map(({ mark, end, head, tables, gaps, endsOpen }) => {
    const text = (lines: readonly string[]): string => lines.map((line) => line + end).join('');
    const parts: Part[] = [{ isOwn: false, text: mark + text(head) }];
    for (const [index, table] of tables.entries()) {
      parts.push({ isOwn: ownTables.includes(table), text: text(table) });
      // Blank lines between two tables of the server go with them.
      parts.push({ isOwn: false, text: text([...(gaps[index] ?? []), '# of the next']) });
    }
    const last = parts.pop();
    if (last !== undefined) parts.push(endsOpen ? { ...last, text: last.text.replace(/\r?\n$/, '') } : last);
    return { parts, end };
  });

const textOf = (parts: readonly Part[]): string => parts.map(({ text }) => text).join('');
const otherText = (parts: readonly Part[]): string => textOf(parts.filter(({ isOwn }) => !isOwn));

describe('the text of a config.toml', () => {
  it('keeps every byte outside of the tables of a server that is removed', () => {
    fc.assert(
      fc.property(files, ({ parts }) => {
        expect(withoutServer(textOf(parts), 'docs')).toEqual({
          text: otherText(parts),
          replaced: parts.some(({ isOwn }) => isOwn),
        });
      }),
      { numRuns: 500 },
    );
  });

  it('keeps every byte outside of the tables of a server that is added or replaced, and its line ends', () => {
    const server = { command: 'new', env: { A: 'line\nbreak' } };
    fc.assert(
      fc.property(files, ({ parts, end: fileEnd }) => {
        const text = textOf(parts);
        const end = text.includes('\n') ? fileEnd : '\n';
        const block = ['[mcp_servers.docs]', 'command = "new"', '', '[mcp_servers.docs.env]', 'A = "line\\nbreak"', ''];
        const first = parts.findIndex(({ isOwn }) => isOwn);
        const before = otherText(first === -1 ? parts : parts.slice(0, first));
        const after = first === -1 ? '' : otherText(parts.slice(first));
        const edited = withServer(text, 'docs', server).text;

        expect(edited.startsWith(before)).toBe(true);
        expect(edited.endsWith(after)).toBe(true);
        // At most an empty line separates the tables from the rest.
        const added = edited.slice(before.length, edited.length - after.length);
        expect(added.replace(/^(?:\r?\n)*/, '').trimEnd()).toBe(block.join(end).trimEnd());
        expect(added.length - block.join(end).length).toBeLessThanOrEqual(2 * end.length);
        expect(edited.replaceAll(end, '')).not.toMatch(/[\r\n]/);
      }),
      { numRuns: 500 },
    );
  });

  it('is read as before, except for the server', () => {
    fc.assert(
      fc.property(files, ({ parts }) => {
        const text = textOf(parts);
        const read = (of: string): unknown => JSON.parse(JSON.stringify({ mcp_servers: {}, ...parseToml(of) }));
        const before = read(text) as { mcp_servers: object };

        expect(read(withServer(text, 'docs', { url: 'http://x' }).text)).toEqual({
          ...before,
          mcp_servers: { ...before.mcp_servers, docs: { url: 'http://x' } },
        });
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['\uFEFF[mcp_servers.docs]\r\ncommand = "x"\r\n', '\uFEFF'],
    ['a = 1\n\n[mcp_servers.docs]\ncommand = "x"\n\n\n', 'a = 1\n\n\n\n'],
    ['[mcp_servers.docs]\ncommand = "x"', ''],
  ])('keeps its mark and blank lines without the only server: %j', (text, rest) => {
    expect(withoutServer(text, 'docs').text).toBe(rest);
  });
});
