import { mcpToolName } from '../../src/model/mcp-tool-name.js';

const noTools = { tools: [] };
const longName = 't'.repeat(70);

describe('mcpToolName', () => {
  it.each<[string, string, [number, number], object]>([
    ['issue-tracker', 'find-issue', [0, 98], { name: 'mcp__issue-tracker__find-issue' }],
    ['tracker', 'find.issue', [0, 110], { name: 'mcp__tracker__find_issue' }],
    ['srv', longName, [0, 110], { name: 'mcp__srv__ttttttttttttttdc1b27b2d44926af984fc5749b35dcc5468e45f6' }],
    ['issue-tracker', 'find-issue', [0, 125], { name: 'find_issue', namespace: 'mcp__issue_tracker__' }],
    ['issue-tracker', 'find.issue', [0, 169], { name: 'find_issue', namespace: 'mcp__issue_tracker' }],
    ['tracker', 'größe', [0, 169], { name: 'gr__e', namespace: 'mcp__tracker' }],
    ['srv', longName, [0, 169], { name: longName, namespace: 'mcp__srv' }],
  ])('rewrites %s / %s as version %j does', (server, tool, version, expected) => {
    expect(mcpToolName(server, tool, noTools, version)).toEqual(expected);
  });

  it('assumes the newest CLI without a version', () => {
    expect(mcpToolName('a-b', 'c-d', noTools)).toEqual({ name: 'c_d', namespace: 'mcp__a_b' });
  });

  it.each([
    ['find-issue', 'find_issue_1af3d48f4f39'],
    ['find.issue', 'find_issue_0b83c39f23a6'],
  ])('uses the hashed name that the CLI offers when the rewritten name of %s is not unique', (tool, expected) => {
    const offered = ['find_issue_1af3d48f4f39', 'find_issue_0b83c39f23a6'];
    const tools = [{ name: 'mcp__tracker__', tools: offered.map((name) => ({ name })) }];
    expect(mcpToolName('tracker', tool, { tools }, [0, 125]).name).toBe(expected);
  });

  it('uses the shortened name that the CLI offers for a long one', () => {
    const offered = `${'t'.repeat(41)}_57b994c05d7d`;
    const tools = [{ name: 'mcp__srv__', tools: [null, { name: offered }] }];
    expect(mcpToolName('srv', longName, { tools }, [0, 125])).toEqual({ name: offered, namespace: 'mcp__srv__' });
  });
});
