import type { OpenString } from '../../events/items.js';

export type ExecPolicyDecision = OpenString<'allow' | 'prompt' | 'forbidden'>;

/** A rule that the command meets. */
export interface ExecPolicyMatch {
  /** What kind of rule it is, such as `prefixRuleMatch`; `rule` where the CLI does not say. */
  readonly kind: OpenString<'prefixRuleMatch' | 'rule'>;
  readonly decision: ExecPolicyDecision | undefined;
  /** The beginning of the command that the rule is about. */
  readonly matchedPrefix: readonly string[] | undefined;
  /** What the rule says for itself. */
  readonly justification: string | undefined;
  /** Where rules have names. */
  readonly name: string | undefined;
  /** The match as the CLI wrote it. */
  readonly raw: Readonly<Record<string, unknown>>;
}

export interface ExecPolicyResult {
  /** The strictest of the matching rules; `undefined` if none matches. */
  readonly decision: ExecPolicyDecision | undefined;
  readonly matchedRules: readonly ExecPolicyMatch[];
}
