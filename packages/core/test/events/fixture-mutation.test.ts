import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { flipsOf } from './flips.js';
import { strictError } from './support.js';

const root = join(__dirname, '..', '..', '..', '..', 'fixtures');

/** Returns the fields of a line at any depth and their types: no codec distinguishes two lines of one shape. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return [...new Set(value.map((entry) => JSON.stringify(shapeOf(entry))))];
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [key, key === 'type' || key === 'item_type' ? field : shapeOf(field)]),
  );
}

/** One line of each shape that a recorded stream of any CLI version has. */
function linesByShape(): readonly object[] {
  const versions = readdirSync(root).filter((name) => /^\d+\.\d+\.\d+$/.test(name));
  const files = versions.flatMap((version) =>
    readdirSync(join(root, version))
      .filter((name) => name.endsWith('.jsonl'))
      .map((name) => join(root, version, name)),
  );
  const lines = files.flatMap((file) => readFileSync(file, 'utf8').split('\n')).filter((line) => line.startsWith('{'));
  const shapes = new Map<string, object>();
  for (const line of lines) {
    const value = JSON.parse(line) as object;
    shapes.set(JSON.stringify(shapeOf(value)), value);
  }
  return [...shapes.values()];
}

describe('the lines that CLI versions write', () => {
  const lines = linesByShape();

  it('have every type', () => {
    const kinds = new Set(
      lines.map((line) => {
        const { type, item } = line as { readonly type: string; readonly item?: { readonly type: string } };
        return item === undefined ? type : item.type;
      }),
    );

    expect([...kinds].sort()).toEqual(
      [
        ...['thread.started', 'turn.started', 'turn.completed', 'turn.failed', 'error', 'agent_message', 'reasoning'],
        ...['command_execution', 'file_change', 'mcp_tool_call', 'collab_tool_call', 'web_search', 'todo_list'],
      ].sort(),
    );
  });

  it('are valid unchanged, and invalid when the type of any field changes', () => {
    expect(lines.filter((line) => strictError(line) !== undefined)).toEqual([]);

    const flips = lines.flatMap(flipsOf);
    expect(flips.length).toBeGreaterThan(1000);
    expect(flips.filter(({ flipped }) => strictError(flipped) === undefined).map(({ name }) => name)).toEqual([]);
  });
});
