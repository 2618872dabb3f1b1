import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { calcPrice } from '@pydantic/genai-prices';
import fc from 'fast-check';
import { createPrices, findProviderId, PRICE_TABLE } from '../../src/usage/prices.js';
import { NO_TOKENS, type Tokens } from '../../src/usage/tokens.js';

const MODELS = ['gpt-5.5', 'gpt-5.4', 'gpt-5-codex', 'gpt-5.1-codex-max', 'gpt-5.3-codex', 'o3', 'codex-mini-latest'];
const TIME = Date.UTC(2026, 10, 30);
const million: Tokens = { ...NO_TOKENS, input: 200_000, cachedInput: 100_000, output: 10_000 };

const tokens = fc
  .record({ input: fc.nat(2_000_000), output: fc.nat(200_000), cached: fc.nat(100), written: fc.nat(100) })
  .map(({ input, output, cached, written }): Tokens => {
    const cachedInput = Math.floor((input * cached) / 200);
    return { ...NO_TOKENS, input, output, cachedInput, cacheWriteInput: Math.floor((input * written) / 200) };
  });

describe('createPrices', () => {
  it('returns the prices of the table for any tokens', () => {
    const priceOf = createPrices();
    fc.assert(
      fc.property(fc.constantFrom(...MODELS), tokens, (model, used) => {
        const usage = {
          input_tokens: used.input,
          cache_read_tokens: used.cachedInput,
          cache_write_tokens: used.cacheWriteInput,
          output_tokens: used.output,
        };
        const expected = calcPrice(usage, model, { providerId: 'openai', timestamp: new Date(TIME) })?.total_price;
        expect(expected).toBeDefined();
        expect(priceOf(model, 'openai', used, TIME)).toBeCloseTo(expected ?? 0, 9);
      }),
    );
  });

  it('has no price for an unknown model or the provider of a gateway', () => {
    const priceOf = createPrices();

    expect(priceOf('gpt-99', 'openai', million, TIME)).toBeUndefined();
    expect(priceOf('gpt-5.5', 'my-gateway', million, TIME)).toBeUndefined();
  });

  it('prices models of unknown providers as those of the assumed one', () => {
    const expected = createPrices()('gpt-5.5', 'openai', million, TIME);

    expect(expected).toBeGreaterThan(0);
    expect(createPrices('openai')('gpt-5.5', 'my-gateway', million, TIME)).toBe(expected);
  });

  it('takes a session without a provider for one of OpenAI', () => {
    expect(createPrices()('gpt-5.5', undefined, million, TIME)).toBeGreaterThan(0);
    expect(findProviderId('nobody')).toBeUndefined();
  });
});

describe('PRICE_TABLE', () => {
  it('names the installed version of the package', () => {
    const folder = join(require.resolve('@pydantic/genai-prices'), '..', '..');
    const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, string>;

    expect([PRICE_TABLE.source, PRICE_TABLE.version]).toEqual([name, version]);
  });
});
