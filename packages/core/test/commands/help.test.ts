import { type HelpScope, help$ } from '@codex-rx/core/commands';
import { removeFolders } from './support/real.js';
import { errorOf, removeStandIns, says, standIn, valuesOf } from './support/stand-in.js';

afterEach(async () => {
  await removeStandIns();
  removeFolders();
});

describe('help$', () => {
  it.each<[HelpScope | undefined, readonly string[]]>([
    [undefined, ['help']],
    ['root', ['help']],
    ['exec', ['exec', 'help']],
    ['features', ['features', 'help']],
    ['login', ['login', 'help']],
    ['app-server', ['app-server', 'help']],
    ['sandbox', ['sandbox', 'help']],
    ['cloud', ['cloud', 'help']],
    ['mcp', ['mcp', 'help']],
    ['debug', ['debug', 'help']],
    ['plugin', ['plugin', 'help']],
  ])('asks for the help of %s', async (scope, argv) => {
    const fake = says('the page\n');
    await expect(valuesOf(help$({ ...fake.options, scope }))).resolves.toEqual(['the page\n']);
    expect(fake.invocations()[0]?.argv).toEqual(argv);
  });

  it('asks for a command, word for word', async () => {
    const fake = says('');
    await valuesOf(help$({ ...fake.options, command: ['exec', 'review'] }));
    expect(fake.invocations()[0]?.argv).toEqual(['help', 'exec', 'review']);
  });

  it.each<[string, object]>([
    ['scope', { scope: 'nothing' }],
    ['command[0]', { command: [''] }],
    ['command[1]', { command: ['exec', '--help'] }],
    ['command[0]', { command: ['a b'] }],
  ])('rejects %s before it starts a process', async (field, request) => {
    const fake = standIn();
    await expect(errorOf(help$({ ...fake.options, ...request }))).resolves.toMatchObject({
      code: 'REQUEST_INVALID',
      field,
    });
    expect(fake.invocations()).toEqual([]);
  });

  it('is an error for a command that the CLI does not have', async () => {
    const fake = standIn([{ stderr: "error: unrecognized subcommand 'x'\n" }, { exit: 2 }]);
    await expect(errorOf(help$({ ...fake.options, command: ['x'] }))).resolves.toMatchObject({
      code: 'EXIT',
      category: 'usage',
    });
  });
});
