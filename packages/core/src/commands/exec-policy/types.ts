import type { OpenString } from '../../events/items.js';

/** The decision of a policy about a command. */
export type ExecPolicyDecision = OpenString<'allow' | 'prompt' | 'forbidden'>;

/** A rule that the command meets. */
export interface ExecPolicyMatch {
  /** The kind of rule, such as `prefixRuleMatch`; `rule` if the CLI does not report it. */
  readonly kind: OpenString<'prefixRuleMatch' | 'rule'>;
  /** The decision of the rule. */
  readonly decision: ExecPolicyDecision | undefined;
  /** The prefix of the command that the rule matches. */
  readonly matchedPrefix: readonly string[] | undefined;
  /** The justification in the rule. */
  readonly justification: string | undefined;
  /** Where rules have names. */
  readonly name: string | undefined;
  /** The match as the CLI wrote it. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** The result of `checkExecPolicy$`. */
export interface ExecPolicyResult {
  /** The strictest of the matching rules; `undefined` if none matches. */
  readonly decision: ExecPolicyDecision | undefined;
  /** The rules that match the command. */
  readonly matchedRules: readonly ExecPolicyMatch[];
}
