import * as t from 'io-ts';
import { CommandParseError } from '../../errors/index.js';
import { type Fields, isObject } from '../../events/schema/fields.js';
import type { CommandOutput } from '../command-options.js';
import { parseJson } from '../parse-json.js';
import type { ExecPolicyMatch, ExecPolicyResult } from './types.js';

const documentCodec = t.record(t.string, t.unknown);

/**
 * Parses the output of `codex execpolicy check`: `matchedRules` and a `decision`; in the first versions `match` (a
 * decision and its rules) or `noMatch`.
 *
 * @throws CommandParseError for any other document: a misread document must not allow a command
 */
export function parsePolicy(output: CommandOutput): ExecPolicyResult {
  const document: Fields = parseJson(output, documentCodec);
  if (Array.isArray(document.matchedRules)) {
    const rules: readonly unknown[] = document.matchedRules;
    return { decision: stringOrUndefined(document.decision), matchedRules: rules.filter(isObject).map(toMatch) };
  }
  if (isObject(document.match)) {
    const { decision, rules } = document.match;
    const matched: readonly unknown[] = Array.isArray(rules) ? rules : [];
    if (typeof decision === 'string') return { decision, matchedRules: matched.filter(isObject).map(toNamedRule) };
  } else if (document.noMatch !== undefined && document.noMatch !== null) {
    return { decision: undefined, matchedRules: [] };
  }
  throw new CommandParseError(output.command, 'it has neither matchedRules nor match nor noMatch.', output.stdout);
}

/** `{ "prefixRuleMatch": { … } }`: the kind is the key. */
function toMatch(raw: Fields): ExecPolicyMatch {
  const [kind, body] = Object.entries(raw).find(([, value]) => isObject(value)) ?? ['rule', raw];
  const fields = isObject(body) ? body : raw;
  return {
    kind,
    decision: stringOrUndefined(fields.decision),
    matchedPrefix: t.array(t.string).is(fields.matchedPrefix) ? fields.matchedPrefix : undefined,
    justification: stringOrUndefined(fields.justification),
    name: stringOrUndefined(fields.name),
    raw,
  };
}

function toNamedRule(raw: Fields): ExecPolicyMatch {
  return {
    kind: 'rule',
    decision: stringOrUndefined(raw.decision),
    matchedPrefix: undefined,
    justification: stringOrUndefined(raw.description),
    name: stringOrUndefined(raw.name),
    raw,
  };
}

function stringOrUndefined(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
