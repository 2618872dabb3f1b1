import { overrideKey } from './config-args.js';
import type { CodexOptions, ConfigValue, ReasoningOverrides } from './types.js';

/** Field of `reasoning` → key of `config.toml`, in the order of the arguments. */
export const REASONING_KEYS = {
  effort: 'model_reasoning_effort',
  summary: 'model_reasoning_summary',
  verbosity: 'model_verbosity',
  summaryFormat: 'model_reasoning_summary_format',
  supportsSummaries: 'model_supports_reasoning_summaries',
} as const satisfies Record<keyof ReasoningOverrides, string>;

export const REASONING_FIELDS = Object.keys(REASONING_KEYS) as (keyof ReasoningOverrides)[];
const REASONING_KEY_SET: ReadonlySet<string> = new Set(Object.values(REASONING_KEYS));

/** Later families have other defaults, and some reject these values. */
const DEFAULTS_MODEL = /^gpt-5(?:$|-|\.1)/i;

const REASONING_DEFAULTS: readonly (readonly [string, ConfigValue])[] = [
  [REASONING_KEYS.effort, 'medium'],
  [REASONING_KEYS.summary, 'auto'],
  [REASONING_KEYS.verbosity, 'low'],
];

/** Returns the reasoning settings of a request, or the defaults for its model if it has none. */
export function reasoningEntries(options: CodexOptions): readonly (readonly [string, ConfigValue])[] {
  const given = REASONING_FIELDS.flatMap((field): [string, ConfigValue][] => {
    const value = options.reasoning?.[field];
    return value === undefined ? [] : [[REASONING_KEYS[field], value]];
  });
  if (given.length > 0 || options.autoReasoningDefaults === false) return given;
  if (options.model === undefined || !DEFAULTS_MODEL.test(options.model)) return given;
  const configured =
    Object.entries(options.config ?? {}).some(([key, value]) => value !== undefined && REASONING_KEY_SET.has(key)) ||
    (options.configOverrides ?? []).some((override) => REASONING_KEY_SET.has(overrideKey(override)));
  return configured ? given : REASONING_DEFAULTS;
}
