import { categorize } from '../../src/outcome/categorize.js';
import { findLoggedError, findReason } from '../../src/outcome/failure-text.js';
import { sentences } from './failure-sentences.js';

describe('categorize', () => {
  it.each(sentences)('categorizes %s (%s) as %s', (message, _versions, category) => {
    expect(categorize({ message, notice: undefined, stderr: '', exitCode: 1 })).toBe(category);
  });
});

describe('a log record of several lines', () => {
  const at = '2026-11-30T09:01:50.633402Z ERROR codex_login::auth::manager: Failed to refresh token: 401 Unauthorized';
  const stderr = `Reading prompt from stdin...\n${at}: {\n  "error": {\n    "message": "Please try signing in again."\n  }\n}\n`;

  it('is one record', () => {
    expect(findReason(stderr)).toBeUndefined();
    expect(findLoggedError(stderr)).toBe('Failed to refresh token: 401 Unauthorized: Please try signing in again.');
    expect(categorize({ message: undefined, notice: undefined, stderr, exitCode: 1 })).toBe('auth');
  });

  it('does not hide the line that follows it', () => {
    expect(findReason(`${stderr}Error: config profile \`ghost\` not found\n`)).toBe(
      'Error: config profile `ghost` not found',
    );
  });
});

describe('a configuration error', () => {
  it.each([
    [
      'Error loading config.toml: invalid type: integer `5`, expected a string\nin `model_reasoning_effort`\n\n',
      'Error loading config.toml: invalid type: integer `5`, expected a string in `model_reasoning_effort`',
    ],
    [
      'Error: failed to load configuration\n\nCaused by:\n    0: /h/config.toml:3:1\n    1: duplicate key\n',
      'Error: failed to load configuration Caused by: /h/config.toml:3:1: duplicate key',
    ],
  ])('keeps its key and its causes: %j', (stderr, reason) => {
    expect(findReason(stderr)).toBe(reason);
  });
});
