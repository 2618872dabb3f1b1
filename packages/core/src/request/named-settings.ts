import { isTable } from './is-table.js';
import { REASONING_FIELDS, REASONING_KEYS } from './reasoning.js';
import type { SettingPath } from './setting-path.js';
import type { CodexOptions } from './types.js';

/** A setting of `config.toml` that an option sets by a name of its own. */
export interface NamedSetting {
  readonly path: SettingPath;
  /** `enable` or `disable`, of which the CLI applies `disable` last in any order. */
  readonly toggle?: 'enable' | 'disable';
  /** Returns the fields of the options without this setting. */
  readonly without: (options: CodexOptions) => Partial<CodexOptions>;
}

const OPTION_PATHS: readonly (readonly [keyof CodexOptions, ...SettingPath[]])[] = [
  ['model', ['model']],
  ['profile', ['profile']],
  ['sandbox', ['sandbox_mode']],
  ['approvalPolicy', ['approval_policy']],
  ['search', ['web_search'], ['tools', 'web_search']],
  ['oss', ['model_provider']],
  ['localProvider', ['oss_provider']],
];

/** Returns the settings that the named options set. `safety: 'bypass'` is not a setting: it overrides all others. */
export function namedSettings(options: CodexOptions): readonly NamedSetting[] {
  return [...scalarSettings(options), ...safetySettings(options), ...reasoningSettings(options), ...features(options)];
}

function scalarSettings(options: CodexOptions): NamedSetting[] {
  return OPTION_PATHS.flatMap(([option, ...paths]) =>
    options[option] === undefined || options[option] === false
      ? []
      : paths.map((path) => ({ path, without: () => ({ [option]: undefined }) })),
  );
}

function safetySettings(options: CodexOptions): NamedSetting[] {
  if (options.safety !== 'full-auto') return [];
  return [{ path: ['sandbox_mode'], without: () => ({ safety: undefined }) }];
}

function reasoningSettings({ reasoning }: CodexOptions): NamedSetting[] {
  if (!isTable(reasoning)) return [];
  return REASONING_FIELDS.flatMap((field) =>
    reasoning[field] === undefined
      ? []
      : [
          {
            path: [REASONING_KEYS[field]],
            without: (options: CodexOptions) => ({ reasoning: { ...options.reasoning, [field]: undefined } }),
          },
        ],
  );
}

/** The CLI applies `--disable` after `--enable`, and both after `-c`. */
function features(options: CodexOptions): NamedSetting[] {
  return (['enable', 'disable'] as const).flatMap((option) => {
    const names: unknown = options[option];
    if (!Array.isArray(names)) return [];
    return [...new Set(names.filter((name) => typeof name === 'string'))].map((name) => ({
      path: ['features', ...name.split('.')],
      toggle: option,
      without: (from: CodexOptions) => ({ [option]: from[option]?.filter((other) => other !== name) }),
    }));
  });
}
