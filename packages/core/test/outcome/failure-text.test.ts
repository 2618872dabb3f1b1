import fc from 'fast-check';
import { findReason, unwrapMessage } from '../../src/outcome/failure-text.js';

describe('unwrapMessage', () => {
  it.each([
    ['{"error":{"message":"nope","type":"invalid_request_error"}}', 'nope'],
    [
      '{"error":{"message":"Invalid value: \'xhigh\'. Supported values are: low, medium.","type":"invalid_request_error","param":"reasoning.effort","code":"invalid_value"}}',
      "Invalid value: 'xhigh'. Supported values are: low, medium.",
    ],
    [
      'unexpected status 400 Bad Request: {"error":{"message":"bad request","type":"invalid_request_error"}}',
      'unexpected status 400 Bad Request: bad request',
    ],
    [
      'unexpected status 404 Not Found: {"error":{"message":"The model `nope` does not exist.","type":"invalid_request_error","code":"model_not_found"}}',
      'unexpected status 404 Not Found: The model `nope` does not exist.',
    ],
    ['{"detail":"Unsupported model"}', 'Unsupported model'],
    ['{"message":"plain"}', 'plain'],
    ['{"error":"as text"}', 'as text'],
  ])('takes the text out of %s', (message, expected) => {
    expect(unwrapMessage(message)).toBe(expected);
  });

  it.each([
    'stream disconnected before completion: stream closed before response.completed',
    'a { that is no JSON',
    '{"error":{"message":""}}',
    '{"error":{"code":7}}',
    '{}',
    '',
  ])('leaves %j as it is', (message) => {
    expect(unwrapMessage(message)).toBe(message);
  });

  it('returns any text that was wrapped', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (text) => {
        fc.pre(text.trim() === text);
        expect(unwrapMessage(JSON.stringify({ error: { message: text } }))).toBe(text);
      }),
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => typeof unwrapMessage(text) === 'string'));
  });
});

describe('findReason', () => {
  it.each([
    [
      'Reading additional input from stdin...\nError: config profile `ghost` not found\n',
      'Error: config profile `ghost` not found',
    ],
    [
      'Error loading config.toml:\n/home/user/.codex/config.toml:2:8: unclosed table, expected `]`\n  |\n',
      'Error loading config.toml: /home/user/.codex/config.toml:2:8: unclosed table, expected `]`',
    ],
    [
      "error: unexpected argument '-s' found\n\n  tip: to pass '-s' as a value, use '-- -s'\n",
      "error: unexpected argument '-s' found",
    ],
    [
      '2026-11-23T00:25:11.587668Z ERROR codex_core: trouble\nNo prompt provided via stdin.\n',
      'No prompt provided via stdin.',
    ],
    [
      "\nthread 'main' panicked at src/main.rs:1:1:\nfailed printing to stdout\nnote: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n",
      "thread 'main' panicked at src/main.rs:1:1:",
    ],
    ['first line\nlast line\n', 'last line'],
  ])('finds the reason in %j', (stderr, expected) => {
    expect(findReason(stderr)).toBe(expected);
  });

  it.each(['', '\n\n', 'Reading prompt from stdin...\n', '2026-11-23T00:25:11Z  WARN codex: fine\n'])(
    'finds none in %j',
    (stderr) => {
      expect(findReason(stderr)).toBeUndefined();
    },
  );
});
