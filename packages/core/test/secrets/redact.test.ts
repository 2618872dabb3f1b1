import { execFileSync } from 'node:child_process';
import { fc, test as prop } from '@fast-check/jest';
import { printableCommand, redactText } from '../../src/secrets/redact.js';

describe('printableCommand', () => {
  it('quotes only what needs it', () => {
    expect(printableCommand('/opt/my codex', ['exec', '--json', '-c', 'a="b c"', "it's", '', '-'])).toBe(
      `'/opt/my codex' exec --json -c 'a="b c"' 'it'\\''s' '' -`,
    );
  });

  it.each<[argv: string[], shown: string]>([
    [
      ['-c', 'model_providers.x.experimental_bearer_token="abc"'],
      "-c 'model_providers.x.experimental_bearer_token=***'",
    ],
    [['--env', 'API_KEY=abc'], "--env 'API_KEY=***'"],
    [['--api-key', 'abc'], "--api-key '***'"],
    [['--access-token=abc'], "'--access-token=***'"],
    [
      ['-c', 'x={ env = { API_KEY = "a\\"bc", PATH = "/bin" } }'],
      `-c 'x={ env = { API_KEY = "***", PATH = "/bin" } }'`,
    ],
    [['say', 'Bearer abcdef123456'], "say 'Bearer ***'"],
    [['sk-proj-abcdefgh'], "'***'"],
    [['https://me:hunter2@example.org/x'], "'https://me:***@example.org/x'"],
    [['eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.sIgNaTuRe'], "'***'"],
  ])('hides the secret in %j', (argv, shown) => {
    expect(printableCommand('codex', argv)).toBe(`codex ${shown}`);
  });

  it.each<string[]>([
    ['-c', 'model_providers.x.env_key=OPENAI_API_KEY'],
    ['--bearer-token-env-var', 'TOKEN'],
    ['-c', 'model_auto_compact_token_limit=1000'],
    ['--remote-auth-token-env', 'TOKEN'],
  ])('shows %j %s as it is', (...argv) => {
    expect(printableCommand('codex', argv)).toBe(['codex', ...argv].join(' '));
  });

  prop.prop(
    [
      fc.array(
        fc.string({ unit: 'binary', maxLength: 12 }).filter((word) => !word.includes('\0') && !/[=:@]/.test(word)),
        { maxLength: 4 },
      ),
    ],
    { numRuns: 15 },
  )('can be pasted into a shell', (argv) => {
    const line = printableCommand('printf', ['%s\\0', ...argv]);
    // printf without a word for %s prints one NUL.
    expect(execFileSync('sh', ['-c', line], { encoding: 'utf8' })).toBe(
      argv.length === 0 ? '\0' : argv.map((word) => `${word}\0`).join(''),
    );
  });
});

describe('redactText', () => {
  it('hides the given secrets wherever they are, the longest first', () => {
    expect(redactText('x=hunter22 y=hunter22-long', ['hunter22', 'hunter22-long'])).toBe('x=*** y=***');
  });

  it('hides text that looks like a secret', () => {
    expect(redactText('key sk-abcdefgh12345678, Authorization: Bearer abcdef.123456')).toBe(
      'key ***, Authorization: Bearer ***',
    );
  });

  it('ignores secrets that are too short to be distinguished', () => {
    expect(redactText('a banana', ['a', ''])).toBe('a banana');
  });
});
