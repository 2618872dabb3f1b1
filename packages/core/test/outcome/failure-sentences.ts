import type { FailureCategory } from '../../src/events/events.js';

/**
 * Sentences of the CLI's binaries and of the hosts of models, the versions that were seen to write them, the
 * category.
 */
export const sentences: readonly (readonly [sentence: string, versions: string, category: FailureCategory])[] = [
  ['Your workspace is out of credits. Add credits to continue.', '0.171', 'usage_limit'],
  [
    'Your workspace is out of credits. Ask your workspace owner to refill in order to continue.',
    '0.171',
    'usage_limit',
  ],
  ['You hit your spend cap set in your workspace. Increase your spend cap to continue.', '0.171', 'usage_limit'],
  [
    'You hit your spend cap set by the owner of your workspace. Ask an owner to increase your spend cap to continue.',
    '0.171',
    'usage_limit',
  ],
  ["You've hit your usage limit. To get more access now, send a request to your admin", '0.171', 'usage_limit'],
  ["You've hit your usage limit for gpt-5. Switch to another model now,", '0.171', 'usage_limit'],
  ['Quota exceeded. Check your plan and billing details.', '0.75 to 0.171', 'usage_limit'],
  ['To use Codex with your ChatGPT plan, upgrade to Plus: https://chatgpt.com/explore/plus.', '0.171', 'usage_limit'],
  [
    "Invalid schema for response_format 'codex_output_schema': In context=(), 'additionalProperties' is required to be supplied and to be false.",
    'host',
    'config',
  ],
  ["The 'gpt-5' model is not supported when using Codex with a ChatGPT account.", 'host', 'config'],
  ['The model `gpt-9` does not exist or you do not have access to it.', 'host', 'config'],
  ["Invalid value: 'xhigh'. Supported values are: low, medium.", 'host', 'config'],
  ['Selected model is at capacity. Please try a different model.', '0.171', 'overloaded'],
  ['Policy-restricted capacity is unavailable. Please try again later.', '0.171', 'overloaded'],
  ["We're currently experiencing high demand, which may cause temporary errors.", '0.75 to 0.171', 'overloaded'],
  ['Your access token could not be refreshed. Please log out and sign in again.', '0.171', 'auth'],
  [
    'Your access token could not be refreshed because your refresh token was already used. Please log out and sign in again.',
    '0.171',
    'auth',
  ],
  ['stream disconnected before completion: stream closed before response.completed', '0.44 to 0.171', 'disconnected'],
  ['stream disconnected before completion: idle timeout waiting for websocket', '0.171', 'disconnected'],
  [
    'stream disconnected before completion: An error occurred while processing your request.',
    '0.75 to 0.169',
    'disconnected',
  ],
  ['stream disconnected before completion: Incomplete response returned, reason: content_filter', '0.171', 'unknown'],
  [
    'stream disconnected before completion: Invalid prompt: your prompt was flagged as potentially violating our usage policy.',
    'host',
    'unknown',
  ],
  ['stream disconnected before completion: The model `gpt-9` does not exist.', 'host', 'config'],
  ['stream disconnected before completion: Your workspace is out of credits.', 'host', 'usage_limit'],
  ['The requested access program cannot be used with this model.', '0.171', 'unknown'],
  // A number in a refusal is not a status.
  ['unexpected status 400 Bad Request: max_output_tokens must be at least 503', 'host', 'unknown'],
  ['unexpected status 404 Not Found: Not found, url: http://host/503/responses', 'host', 'unknown'],
  ['unexpected status 422 Unprocessable Entity: transport must be one of a, b', 'host', 'unknown'],
  ['Invalid image: 429 pixels are too few', 'host', 'unknown'],
  ['unexpected status 408 Request Timeout: the request timed out', 'host', 'disconnected'],
  ['unexpected status 429 Too Many Requests: slow down', 'host', 'overloaded'],
  ['503 Service Unavailable', 'host', 'overloaded'],
  ['The server had an error while processing your request. Sorry about that!', 'host', 'disconnected'],
  ['Billing hard limit has been reached', 'host', 'usage_limit'],
  ["Unsupported parameter: 'reasoning.effort'", 'host', 'config'],
  ["Unknown parameter: 'reasoning.x'.", 'host', 'config'],
];
