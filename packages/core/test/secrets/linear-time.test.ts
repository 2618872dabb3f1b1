import { parseLoginPage } from '../../src/commands/auth/parse-login-page.js';
import { parseLoginStatus } from '../../src/commands/auth/parse-login-status.js';
import { parseFeatures } from '../../src/commands/features/parse-features.js';
import { categorize } from '../../src/outcome/categorize.js';
import { findReason, unwrapMessage } from '../../src/outcome/failure-text.js';
import { parseResetTime } from '../../src/outcome/reset-time.js';
import { parseStat } from '../../src/process/platform/linux.js';
import { parsePs } from '../../src/process/platform/posix.js';
import { validateRequest } from '../../src/request/validate.js';
import { parseVersion } from '../../src/request/version-number.js';
import { readToolOutput } from '../../src/rollouts/mapping/tool-output.js';
import { printableCommand, redactText } from '../../src/secrets/redact.js';
import { assignsSecret, isSecretKey, isSecretVariable } from '../../src/secrets/secret-names.js';

const SIZE = 1_000_000;
/** A quadratic function takes minutes. */
const LIMIT_MS = 20_000;
const failure = (message: string | undefined, stderr = '') => ({ message, notice: undefined, stderr, exitCode: 1 });
const output = (stdout: string, stderr = '') => ({ stdout, stderr, exitCode: 0, signal: null, command: 'codex' });

const units = [
  ...[' ', '\n', 'a', '1', '_', '-', '.', '=', '"', '\\', '{', '\u001b[', '0.'],
  ...['eyJ-', 'eyJaaaaaaaa.', '://a:b', 'QUJDREVG', 'sk-', 'Bearer ', '?key=', 'a.b-', 'a=', '="', 'xZ ', 'env.'],
  ...['401 ', 'connection ', 'in `a', 'try again at ', '1 day', '_KEYx', 'TOKEN_', 'aA', 'api_', ': http://'],
  ...['1:11 ', 'Nov 1', 'Error parsing ', '1 2 3 S '],
];

const functions: Readonly<Record<string, (text: string) => unknown>> = {
  redactText: (text) => redactText(text, ['hunter2hunter2']),
  'redactText of a URL': (text) => redactText(`://a:${text}`),
  'printableCommand of a setting': (text) => printableCommand('codex', ['-c', `x={ a = "${text}`]),
  'printableCommand of a flag': (text) => printableCommand('codex', ['--add-dir', text]),
  'validateRequest of a setting': (text) => {
    try {
      validateRequest({ prompt: 'p', config: { x: text } });
    } catch {
      // It is too long for an argument.
    }
  },
  'categorize of a message': (text) => categorize(failure(text)),
  'categorize of stderr': (text) => categorize(failure(undefined, text)),
  'parseResetTime of a duration': (text) => parseResetTime(`try again in ${text}`, new Date()),
  'parseResetTime of a time': (text) => parseResetTime(`try again at 3:45 PM ${text}`, new Date(), 'UTC'),
  parseResetTime: (text) => parseResetTime(text, new Date()),
  findReason: (text) => findReason(text),
  unwrapMessage: (text) => unwrapMessage(text),
  readToolOutput: (text) => readToolOutput(text),
  isSecretVariable: (text) => isSecretVariable(text),
  isSecretKey: (text) => isSecretKey(text),
  assignsSecret: (text) => assignsSecret(text, '--x'),
  parseVersion: (text) => parseVersion(text),
  parsePs: (text) => parsePs(`1 2 3 S a${text}b`),
  parseStat: (text) => parseStat(1, text),
  parseFeatures: (text) => {
    try {
      parseFeatures(text);
    } catch {
      // It is not a table.
    }
  },
  parseLoginStatus: (text) => parseLoginStatus(output(`api key ${text}`, text)),
  parseLoginPage: (text) => parseLoginPage({ stdout: `x: http://a\n${text}`, stderr: text }, true),
};

describe('text functions', () => {
  it.each(Object.keys(functions))('%s takes linear time for 1 MB', (name) => {
    for (const unit of units) {
      const text = `a${unit.repeat(Math.ceil(SIZE / unit.length))}b`;
      const start = performance.now();
      functions[name]?.(text);
      const took = performance.now() - start;
      expect({ unit, isLinear: took < LIMIT_MS }).toEqual({ unit, isLinear: true });
    }
  });
});
