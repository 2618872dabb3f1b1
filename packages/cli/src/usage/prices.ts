import { calcPrice, findProvider } from '@pydantic/genai-prices';
import type { Tokens } from './tokens.js';

/** The table of prices that is part of this package, and when it was published. A test compares it with the package. */
export const PRICE_TABLE = { source: '@pydantic/genai-prices', version: '0.1.8', date: '2026-09-23' } as const;

/** A price in USD for a million tokens. From `start` input tokens on, a response costs the price of that tier. */
type Price =
  | number
  | { readonly base: number; readonly tiers: readonly { readonly start: number; readonly price: number }[] };
type ModelPrice = Readonly<Record<string, Price | undefined>>;

const MILLION = 1_000_000;
const HALF_HOUR_MS = 1_800_000;

/** Returns the cost of a response in USD, or `undefined` if the table has no price for the model. */
export type PriceOf = (model: string, provider: string | undefined, tokens: Tokens, time: number) => number | undefined;

/**
 * Creates a function that prices responses by the table, as of their time. Without a provider, the model's is OpenAI.
 *
 * @param assumedProvider the provider for those that the table does not have, such as the name of a gateway
 */
export function createPrices(assumedProvider?: string): PriceOf {
  const models = new Map<string, ModelPrice | 'by time' | undefined>();
  const providers = new Map<string | undefined, string | undefined>();
  const idOf = (provider: string | undefined): string | undefined => {
    if (!providers.has(provider))
      providers.set(provider, findProviderId(provider ?? 'openai') ?? findProviderId(assumedProvider));
    return providers.get(provider);
  };
  return (model, provider, tokens, time) => {
    const providerId = idOf(provider);
    if (providerId === undefined) return undefined;
    const key = `${providerId}\n${model}`;
    if (!models.has(key)) models.set(key, lookUp(model, providerId, time).always);
    let price = models.get(key);
    if (price === 'by time') {
      // Some prices depend on the date or the time of day.
      const slot = Math.floor(time / HALF_HOUR_MS);
      const slotKey = `${key}\n${slot}`;
      if (!models.has(slotKey)) models.set(slotKey, lookUp(model, providerId, slot * HALF_HOUR_MS).now);
      price = models.get(slotKey);
    }
    return price === undefined || price === 'by time' ? undefined : applyPrice(price, tokens);
  };
}

/** Returns the id of a provider in the table. */
export function findProviderId(provider: string | undefined): string | undefined {
  return provider === undefined ? undefined : findProvider({ providerId: provider })?.id;
}

function lookUp(model: string, providerId: string, time: number) {
  const usage = { input_tokens: 1, output_tokens: 1 };
  const result = calcPrice(usage, model, { providerId, timestamp: new Date(time) });
  const now = result === null ? undefined : (result.model_price as ModelPrice);
  return { now, always: Array.isArray(result?.model.prices) ? ('by time' as const) : now };
}

/** `calcPrice` of the package takes 180 µs, so its arithmetic is repeated here; a property test compares the two. */
function applyPrice(price: ModelPrice, tokens: Tokens): number {
  const { input, output } = tokens;
  const inputPrice = rate(price.input_mtok, input) ?? 0;
  const cached = Math.min(tokens.cachedInput, input);
  const written = Math.min(tokens.cacheWriteInput, input - cached);
  const cachedPrice = rate(price.cache_read_mtok, input) ?? inputPrice;
  const writtenPrice = rate(price.cache_write_mtok, input) ?? inputPrice;
  const outputPrice = rate(price.output_mtok, input) ?? 0;
  const fresh = input - cached - written;
  return (fresh * inputPrice + cached * cachedPrice + written * writtenPrice + output * outputPrice) / MILLION;
}

/** The size of the whole input decides about the tier. */
function rate(price: Price | undefined, input: number): number | undefined {
  if (price === undefined || typeof price === 'number') return price;
  return price.tiers.reduce((found, tier) => (input > tier.start ? tier.price : found), price.base);
}
