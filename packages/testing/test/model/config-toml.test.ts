import { parse } from '@iarna/toml';
import fc from 'fast-check';
import { configToml } from '../../src/model/config-toml.js';

const settings = { url: 'http://127.0.0.1:1/v1', keyName: 'KEY', model: 'gpt-5.5', retries: 2, mcpServers: {} };

it('restricts the CLI to the scripted model and disables network features', () => {
  expect(parse(configToml(settings))).toMatchObject({
    model: 'gpt-5.5',
    model_provider: 'scripted',
    check_for_update_on_startup: false,
    analytics: { enabled: false },
    features: { plugins: false },
    tools: { update_plan: { enabled: true } },
    model_providers: {
      scripted: {
        base_url: settings.url,
        wire_api: 'responses',
        env_key: 'KEY',
        request_max_retries: 0,
        stream_max_retries: 2,
      },
    },
  });
});

it('returns TOML that parses to the same texts', () => {
  const text = fc.string({ unit: 'grapheme' });
  // The parser does not support names such as `toString`.
  const name = text.filter((key) => !(key in {}));
  const server = fc.record({
    command: text,
    args: fc.array(text),
    env: fc.dictionary(name, text),
  });
  fc.assert(
    fc.property(text, name, server, (model, name, { command, args, env }) => {
      const read = parse(configToml({ ...settings, model, mcpServers: { [name]: { command, args, env } } }));
      expect(read.model).toBe(model);
      expect(read.mcp_servers).toEqual({ [name]: { command, args, env: { ...env } } });
    }),
  );
});
