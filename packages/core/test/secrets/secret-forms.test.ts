import { fc, test as prop } from '@fast-check/jest';
import { RequestError } from '../../src/errors/index.js';
import { tomlValue } from '../../src/request/toml-value.js';
import { assertNoSecrets } from '../../src/secrets/assert-no-secrets.js';
import { redactText } from '../../src/secrets/redact.js';

const PEM = '-----BEGIN KEY-----\nMIIabcdefghijk\n-----END KEY-----';

const forms: readonly [name: string, secret: string, shown: string, hidden: string][] = [
  ['a JSON string', 'hunt"er2\\hunter2', 'Error: {"key":"hunt\\"er2\\\\hunter2"}', 'hunter2'],
  [
    'a JSON string in a JSON string',
    'hunt"er2hunter2',
    JSON.stringify(JSON.stringify('hunt"er2hunter2')),
    'er2hunter2',
  ],
  ['one line of a PEM', PEM, 'key MIIabcdefghijk is bad', 'MIIabcdefghijk'],
  ['a trimmed value', ' hunter2 trailing ', 'Incorrect key: hunter2 trailing', 'hunter2'],
  ['a percent-encoded value', 'hunt"er2\\hunter2', 'https://h/?p=hunt%22er2%5Chunter2', 'hunter2'],
  ['a percent-encoded value in lower case', 'hunt"er2\\hunter2', 'https://h/?p=hunt%22er2%5chunter2', 'hunter2'],
  ['a value of a form', 'correct horse battery', 'p=correct+horse+battery', 'battery'],
  ['base64', 'hunter2hunter2', Buffer.from('u:hunter2hunter2').toString('base64'), 'aHVudGVyMmh1bnRlcj'],
  ['hexadecimal digits', 'hunter2hunter2', `key ${Buffer.from('hunter2hunter2').toString('hex')}.`, '68756e746572'],
  ['hexadecimal digits in upper case', 'hunter2', Buffer.from('hunter2').toString('hex').toUpperCase(), '68756E'],
  ['a shell word', "it's a secret", `'it'\\''s a secret'`, 'secret'],
];

describe('redactText', () => {
  it.each(forms)('masks a secret as %s', (_name, secret, shown, hidden) => {
    const text = redactText(shown, [secret]);
    expect(text).toContain('***');
    expect(text).not.toContain(hidden);
  });

  prop.prop([fc.string({ unit: 'grapheme', minLength: 12, maxLength: 40 }), fc.string(), fc.string()])(
    'masks any secret in base64, at any offset',
    (secret, before, after) => {
      fc.pre(Buffer.byteLength(secret.trim()) >= 12);
      const whole = Buffer.from(`${before}${secret}${after}`).toString('base64');
      expect(redactText(whole, [secret])).not.toBe(whole);
    },
  );

  it('masks the parts of a secret that was cut where text was omitted', () => {
    const text = redactText('xxxhunter2hunt\n… 4000 bytes left out …\nr2hunter3yyy', ['hunter2hunter3']);
    expect(text).toBe('xxx***\n… 4000 bytes left out …\n***yyy');
  });

  it('keeps the frame of a PEM', () => {
    expect(redactText('-----BEGIN KEY-----', [PEM])).toBe('-----BEGIN KEY-----');
  });
});

describe('assertNoSecrets', () => {
  const SECRET = 'hunter2hunter2';
  const QUOTED = 'hunt"er2\\hunter2';

  it.each<[field: string, argv: string[]]>([
    ['config.x', ['exec', '-c', `x="${SECRET}"`]],
    ['config.-x', ['exec', `-c=-x="a ${SECRET} b"`]],
    ['config.x', ['exec', '-c', `x=${tomlValue(QUOTED)}`]],
    ['config.x', ['exec', '-c', `x=${tomlValue(PEM)}`]],
    ['config.***', ['exec', '-c', `${SECRET}=1`]],
    ['model', ['exec', '--model', SECRET]],
    ['model', ['exec', `--model=-${SECRET}`]],
    ['addDir', ['exec', '--add-dir', `/tmp/${SECRET}`]],
    ['arguments[1]', ['foo', SECRET]],
  ])('names %s in %j', (field, argv) => {
    const check = (): void => {
      assertNoSecrets(argv, [SECRET, QUOTED, PEM]);
    };
    expect(check).toThrow(RequestError);
    expect(check).toThrow(expect.objectContaining({ field }) as Error);
    expect(check).not.toThrow(/hunter2|MII/);
  });

  it('accepts words of the CLI that equal a weak password', () => {
    expect(() => {
      assertNoSecrets(
        ['exec', '--sandbox', 'workspace-write', '--dangerously-bypass-approvals-and-sandbox'],
        ['workspace', 'dangerously', 'sandbox', 'workspace-write'],
      );
    }).not.toThrow();
  });
});
