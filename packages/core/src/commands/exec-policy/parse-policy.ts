import * as t from 'io-ts';
import { CommandParseError } from '../../errors/index.js';
import { type Fields, isObject } from '../../events/schema/fields.js';
import type { CommandOutput } from '../command-options.js';
import { parseJson } from '../parse-json.js';
import type { ExecPolicyMatch, ExecPolicyResult } from './types.js';

const Document = t.record(t.string, t.unknown);

/**
 * The answer of `codex execpolicy check`: today `matchedRules` with a `decision` beside them, in the first versions `match` (a decision and its rules)
 * or `noMatch`.
 *
 * @throws CommandParseError for any other document: a check that silently allows would be none
 */
export function parsePolicy(output: CommandOutput): ExecPolicyResult {
  const document: Fields = parseJson(output, Document);
  if (Array.isArray(document.matchedRules)) {
    const rules: readonly unknown[] = document.matchedRules;
    return { decision: textOf(document.decision), matchedRules: rules.filter(isObject).map(matchOf) };
  }
  if (isObject(document.match)) {
    const { decision, rules } = document.match;
    const matched: readonly unknown[] = Array.isArray(rules) ? rules : [];
    if (typeof decision === 'string') return { decision, matchedRules: matched.filter(isObject).map(namedRule) };
  } else if (document.noMatch !== undefined && document.noMatch !== null) {
    return { decision: undefined, matchedRules: [] };
  }
  throw new CommandParseError(output.command, 'it has neither matchedRules nor match nor noMatch.', output.stdout);
}

/** `{ "prefixRuleMatch": { … } }`: the kind is the key. */
function matchOf(raw: Fields): ExecPolicyMatch {
  const [kind, body] = Object.entries(raw).find(([, value]) => isObject(value)) ?? ['rule', raw];
  const fields = isObject(body) ? body : raw;
  return {
    kind,
    decision: textOf(fields.decision),
    matchedPrefix: t.array(t.string).is(fields.matchedPrefix) ? fields.matchedPrefix : undefined,
    justification: textOf(fields.justification),
    name: textOf(fields.name),
    raw,
  };
}

function namedRule(raw: Fields): ExecPolicyMatch {
  return {
    kind: 'rule',
    decision: textOf(raw.decision),
    matchedPrefix: undefined,
    justification: textOf(raw.description),
    name: textOf(raw.name),
    raw,
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
