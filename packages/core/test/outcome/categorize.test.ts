import { categorize } from '../../src/outcome/categorize.js';

const ofTurn = (message: string) => categorize({ message, notice: undefined, stderr: '', exitCode: 1 });
const ofStart = (stderr: string, exitCode = 1) =>
  categorize({ message: undefined, notice: undefined, stderr, exitCode });

// The output of versions from 0.44 to 0.169.
describe('a failed turn', () => {
  it.each([
    [
      'usage_limit',
      "You've hit your usage limit. Upgrade to Pro (https://openai.com/chatgpt/pricing) or try again in 1 hour.",
    ],
    [
      'usage_limit',
      'You’ve hit your usage limit. Upgrade to Pro (https://chatgpt.com/explore/pro), visit https://chatgpt.com/settings/usage to purchase more credits or try again at Nov 30th, 2026 12:53 AM.',
    ],
    ['usage_limit', 'Quota exceeded. Check your plan and billing details.'],
    [
      'usage_limit',
      'stream disconnected before completion: You exceeded your current quota, please check your plan and billing details.',
    ],
    [
      'context',
      "Codex ran out of room in the model's context window. Start a new thread or clear earlier history before retrying.",
    ],
    [
      'context',
      "Codex ran out of room in the model's context window. Start a new conversation or clear earlier history before retrying.",
    ],
    [
      'context',
      'stream disconnected before completion: Your input exceeds the context window of this model. Please adjust your input and try again.',
    ],
    ['input_too_large', 'Input exceeds the maximum length of 1048576 characters.'],
    ['auth', 'Missing environment variable: `MOCK_KEY`.'],
    ['auth', 'exceeded retry limit, last status: 401 Unauthorized'],
    ['auth', 'unexpected status 401 Unauthorized: '],
    [
      'auth',
      'unexpected status 401 Unauthorized: Missing bearer or basic authentication in header, url: http://127.0.0.1:8765/v1/responses',
    ],
    [
      'auth',
      'unexpected status 401 Unauthorized: Incorrect API key provided: sk-mock*****0000., url: http://127.0.0.1:8765/v1/responses',
    ],
    ['overloaded', 'exceeded retry limit, last status: 429 Too Many Requests'],
    ['overloaded', "We're currently experiencing high demand, which may cause temporary errors."],
    ['overloaded', 'We’re currently experiencing high demand, which may cause temporary errors.'],
    ['overloaded', 'rate limit exceeded: Rate limit reached. Please try again in 250ms.'],
    ['overloaded', 'stream disconnected before completion: Rate limit reached. Please try again in 250ms.'],
    ['disconnected', 'stream disconnected before completion: stream closed before response.completed'],
    ['disconnected', 'stream disconnected before completion: idle timeout waiting for SSE'],
    [
      'disconnected',
      'stream disconnected before completion: error sending request for url (http://127.0.0.1:8765/v1/responses)',
    ],
    ['disconnected', 'Connection failed: error sending request'],
    ['disconnected', 'error sending request for url (http://127.0.0.1:8765/v1/responses)'],
    ['unknown', 'Incomplete response returned, reason: max_output_tokens'],
    ['unknown', 'stream disconnected before completion: Incomplete response returned, reason: max_output_tokens'],
    ['config', 'The model `nope` does not exist.'],
    ['unknown', ''],
  ])('is %s: %s', (category, message) => {
    expect(ofTurn(message)).toBe(category);
  });

  it('is categorized by its own message, not by stderr', () => {
    expect(categorize({ message: 'nope', notice: 'high demand', stderr: 'error: bad flag', exitCode: 2 })).toBe(
      'unknown',
    );
  });
});

describe('a run that did not get to a turn', () => {
  it.each([
    ['usage', 1, 'Reading prompt from stdin...\nNo prompt provided via stdin.\n'],
    [
      'usage',
      2,
      "error: unexpected argument '--no-such-flag' found\n\n  tip: to pass '--no-such-flag' as a value, use '-- --no-such-flag'\n",
    ],
    ['usage', 2, "error: the argument '--last' cannot be used with '[SESSION_ID]'\n"],
    ['usage', 1, 'Not inside a trusted directory and --skip-git-repo-check was not specified.\n'],
    ['usage', 1, 'Error: Specify --uncommitted, --base, --commit, or provide custom review instructions\n'],
    ['usage', 1, 'Failed to read prompt from stdin: stream did not contain valid UTF-8\n'],
    ['usage', 1, 'Error: No such file or directory (os error 2)\n'],
    ['config', 1, "Error parsing -c overrides: Invalid override (missing '='): modelx\n"],
    ['config', 1, 'Output schema file schema.json is not valid JSON: key must be a string at line 1 column 2\n'],
    ['config', 1, 'Failed to read output schema file absent.json: No such file or directory (os error 2)\n'],
    ['config', 1, 'Error loading config.toml: invalid type: unit variant, expected string only\nin `sandbox_mode`\n\n'],
    ['config', 1, 'Error: invalid type: unit variant, expected string only\nin `sandbox_mode`\n\n'],
    ['config', 1, 'Error: Unknown feature flag: no_such_feature\n'],
    ['config', 1, 'Error loading config.toml: unknown configuration field `no_such_key` in -c/--config override\n'],
    ['config', 1, 'Error: config profile `ghost` not found\n'],
    ['config', 1, 'Error: approval_policy = "untrusted" is no longer supported; remove this setting\n'],
    ['config', 1, 'Error: TOML parse error at line 2, column 8\n  |\n2 | [broken\n  |        ^\n'],
    [
      'config',
      1,
      'Error: thread/start: thread/start failed: error creating thread: Fatal error: Failed to initialize session: required MCP servers failed to initialize: ghost: No such file or directory (os error 2)\n',
    ],
    [
      'panic',
      101,
      "\nthread 'codex-main' (376) panicked at /rustc/5980/library/std/src/io/stdio.rs:1165:9:\nfailed printing to stdout: Broken pipe (os error 32)\n",
    ],
    ['panic', 1, "thread 'main' panicked at src/main.rs:1:1\n"],
    ['unknown', 1, ''],
  ])('is %s by code %d and %j', (category, code, stderr) => {
    expect(ofStart(stderr, code)).toBe(category);
  });

  it('ignores log lines, which successful runs write, too', () => {
    const log =
      '2026-11-23T00:25:11.587668Z ERROR codex_core::models_manager: 401 Unauthorized, error sending request\n';
    expect(ofStart(log)).toBe('unknown');
  });

  it('is categorized by the last notice if stderr is empty', () => {
    const notice = 'Reconnecting... 5/5 (stream disconnected before completion: error sending request)';
    expect(categorize({ message: undefined, notice, stderr: '', exitCode: 0 })).toBe('disconnected');
  });
});
