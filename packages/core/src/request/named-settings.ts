import { isTable } from './is-table.js';
import { REASONING_FIELDS, REASONING_KEYS } from './reasoning.js';
import type { SettingPath } from './setting-path.js';
import type { CodexOptions } from './types.js';

/** A setting of `config.toml` that an option sets by a name of its own. */
export interface NamedSetting {
  readonly path: SettingPath;
  /**
   * The option, if the CLI does not accept it with, or applies it in spite of the order with, another option that sets
   * the same setting.
   */
  readonly exclusive?:
    | 'enable'
    | 'disable'
    | 'sandbox'
    | 'approvalPolicy'
    | 'approvalsReviewer'
    | 'approveForMe'
    | undefined;
  /** Returns the fields of the options without this setting. */
  readonly without: (options: CodexOptions) => Partial<CodexOptions>;
}

const OPTION_PATHS: readonly (readonly [keyof CodexOptions, ...SettingPath[]])[] = [
  ['model', ['model']],
  ['profile', ['profile']],
  ['sandbox', ['sandbox_mode']],
  ['approvalPolicy', ['approval_policy']],
  ['approvalsReviewer', ['approvals_reviewer']],
  ['search', ['web_search'], ['tools', 'web_search']],
  ['oss', ['model_provider']],
  ['localProvider', ['oss_provider']],
];

/** `--approve-for-me` sets what the others set one by one, and the CLI prefers it to them. */
const EXCLUSIVE_OPTIONS = ['sandbox', 'approvalPolicy', 'approvalsReviewer'] as const;

/** Returns the settings that the named options set. `safety: 'bypass'` is not a setting: it overrides all others. */
export function namedSettings(options: CodexOptions): readonly NamedSetting[] {
  return [
    ...scalarSettings(options),
    ...safetySettings(options),
    ...reviewSettings(options),
    ...reasoningSettings(options),
    ...features(options),
  ];
}

function scalarSettings(options: CodexOptions): NamedSetting[] {
  return OPTION_PATHS.flatMap(([option, ...paths]) =>
    options[option] === undefined || options[option] === false
      ? []
      : paths.map((path) => ({ path, exclusive: exclusiveOption(option), without: () => ({ [option]: undefined }) })),
  );
}

function exclusiveOption(option: keyof CodexOptions): NamedSetting['exclusive'] {
  return EXCLUSIVE_OPTIONS.find((other) => other === option);
}

function safetySettings(options: CodexOptions): NamedSetting[] {
  if (options.safety !== 'full-auto') return [];
  return [{ path: ['sandbox_mode'], exclusive: 'sandbox', without: () => ({ safety: undefined }) }];
}

function reviewSettings({ approveForMe }: CodexOptions): NamedSetting[] {
  if (approveForMe !== true) return [];
  const exclusive = 'approveForMe';
  // Another policy or reviewer does not change the sandbox.
  const withoutReview = (options: CodexOptions): Partial<CodexOptions> =>
    options.approveForMe === true ? { approveForMe: undefined, sandbox: 'workspace-write' } : {};
  return [
    { path: ['sandbox_mode'], exclusive, without: () => ({ approveForMe: undefined }) },
    { path: ['approval_policy'], exclusive, without: withoutReview },
    { path: ['approvals_reviewer'], exclusive, without: withoutReview },
  ];
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
      exclusive: option,
      without: (from: CodexOptions) => ({ [option]: from[option]?.filter((other) => other !== name) }),
    }));
  });
}
