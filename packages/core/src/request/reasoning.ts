import { overrideKey } from './override-key.js';
import type { CodexOptions, ConfigValue, ReasoningOverrides } from './types.js';

/** Field of `reasoning` → key of `config.toml`, in the order in which they are passed on. */
const reasoningKeys = {
  effort: 'model_reasoning_effort',
  summary: 'model_reasoning_summary',
  verbosity: 'model_verbosity',
  summaryFormat: 'model_reasoning_summary_format',
  supportsSummaries: 'model_supports_reasoning_summaries',
} as const satisfies Record<keyof ReasoningOverrides, string>;

const fields = Object.keys(reasoningKeys) as (keyof ReasoningOverrides)[];
const keys: ReadonlySet<string> = new Set(Object.values(reasoningKeys));

/** Later families have defaults of their own, and some refuse these values. */
const defaultsApply = /^gpt-5(?:$|-|\.1)/i;

const defaults: readonly (readonly [string, ConfigValue])[] = [
  [reasoningKeys.effort, 'medium'],
  [reasoningKeys.summary, 'auto'],
  [reasoningKeys.verbosity, 'low'],
];

/** The reasoning settings that a request gives, else the defaults for its model. */
export function reasoningEntries(options: CodexOptions): readonly (readonly [string, ConfigValue])[] {
  const given = fields.flatMap((field): [string, ConfigValue][] => {
    const value = options.reasoning?.[field];
    return value === undefined ? [] : [[reasoningKeys[field], value]];
  });
  if (given.length > 0 || options.autoReasoningDefaults === false) return given;
  if (options.model === undefined || !defaultsApply.test(options.model)) return given;
  const configured =
    Object.entries(options.config ?? {}).some(([key, value]) => value !== undefined && keys.has(key)) ||
    (options.configOverrides ?? []).some((override) => keys.has(overrideKey(override)));
  return configured ? given : defaults;
}

/**
 * `reasoning`, `config` and `configOverrides` can say the same thing. What a request says in one of them beats what its client says in
 * another, so the client's is dropped before the two are merged.
 */
export function withoutSuperseded(defaultOptions: CodexOptions, patch: CodexOptions): CodexOptions {
  const said = new Set([
    ...Object.entries(patch.config ?? {}).flatMap(([key]) => (keys.has(key) ? [key] : [])),
    ...(patch.configOverrides ?? []).map(overrideKey).filter((key) => keys.has(key)),
    ...fields.flatMap((field) => (patch.reasoning?.[field] === undefined ? [] : [reasoningKeys[field]])),
  ]);
  if (said.size === 0) return defaultOptions;
  return {
    ...defaultOptions,
    reasoning: pick(defaultOptions.reasoning, (field) => !said.has(reasoningKeys[field as keyof ReasoningOverrides])),
    config: pick(defaultOptions.config, (key) => !said.has(key)),
    configOverrides: defaultOptions.configOverrides?.filter((override) => !said.has(overrideKey(override))),
  };
}

function pick<T extends object>(table: T | undefined, keep: (key: string) => boolean): T | undefined {
  if (table === undefined) return undefined;
  return Object.fromEntries(Object.entries(table).filter(([key]) => keep(key))) as T;
}
