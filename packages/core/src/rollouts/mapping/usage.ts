import type { Usage } from '../../events/events.js';
import type { TokenUsage } from '../records.js';

/** Returns only the token counts that a run reports. */
export function usageOf(total: TokenUsage): Usage {
  const { input_tokens, cached_input_tokens, output_tokens, reasoning_output_tokens, cache_write_input_tokens } = total;
  return {
    input_tokens,
    cached_input_tokens,
    output_tokens,
    ...(reasoning_output_tokens !== undefined && { reasoning_output_tokens }),
    ...(cache_write_input_tokens !== undefined && { cache_write_input_tokens }),
  };
}
