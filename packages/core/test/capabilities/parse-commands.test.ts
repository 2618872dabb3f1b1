import { parseCompletion } from '../../src/capabilities/parse-completion.js';
import { parseHelp } from '../../src/capabilities/parse-help.js';
import { recorded, VERSIONS } from './support/recorded.js';

/** Arguments with a list of possible values, which the completion script offers instead of the name. */
const VALUE_ARGUMENTS = ['completion SHELL', 'git-credential OPERATION'];

describe('parseCompletion', () => {
  it.each(VERSIONS)('finds every command, flag and argument of the help of codex %s', (version) => {
    const { completion, pages } = recorded(version);
    const commands = parseCompletion(completion) ?? {};
    const missing = Object.entries(pages).flatMap(([path, text]) => {
      const { flags = [], args = [] } = parseHelp(path, text) ?? {};
      const found = commands[path];
      return [...flags, ...args]
        .filter((word) => found === undefined || ![...found.flags, ...found.args].includes(word))
        .map((word) => `${path} ${word}`);
    });
    expect(missing.filter((words) => !VALUE_ARGUMENTS.includes(words))).toEqual([]);
    expect(Object.keys(pages).length).toBeGreaterThan(20);
  });

  it('has every command once, not its alias, and no help', () => {
    const commands = parseCompletion(recorded('0.171.0').completion) ?? {};
    expect(Object.keys(commands).filter((path) => /^(?:e|a)$|\bhelp\b/.test(path))).toEqual([]);
    expect(commands.exec?.args).toEqual(['PROMPT']);
    expect(commands['app-server generate-ts']?.flags).toContain('--experimental');
  });

  it.each(['', 'complete -F _other other', '#compdef codex'])('does not parse %j', (text) => {
    expect(parseCompletion(text)).toBeUndefined();
  });
});

describe('parseHelp', () => {
  it('parses subcommands, flags and arguments, also where a line is indented further', () => {
    expect(parseHelp('exec resume', recorded('0.44.0').pages['exec resume'] ?? '')).toEqual({
      subcommands: [],
      flags: ['--config', '--last', '--help'],
      args: ['SESSION_ID', 'PROMPT'],
    });
    expect(parseHelp('exec', recorded('0.171.0').pages.exec ?? '')?.subcommands).toEqual(['resume', 'fork', 'review']);
  });

  it('does not take the page of the root for that of another command', () => {
    expect(parseHelp('foo', recorded('0.171.0').pages[''] ?? '')).toBeUndefined();
  });

  it.each(['', 'error: unrecognized subcommand', 'Usage: other [OPTIONS]'])('does not parse %j', (text) => {
    expect(parseHelp('', text)).toBeUndefined();
  });
});
