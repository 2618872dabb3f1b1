import { RequestError } from '../errors/index.js';
import { assignsSecret, isSecretKey } from '../secrets/secret-names.js';
import { containsSecretText } from '../secrets/secret-text.js';
import { parseOverrideValue } from '../util/parse-toml.js';
import { checkMultiline, checkWellFormed, describeValue } from './checks.js';
import { configArgs, overrideKey } from './config-args.js';
import { isTable } from './is-table.js';
import { MAX_CONFIG_DEPTH } from './max-config-depth.js';
import { isBareKey } from './toml-value.js';

/** Checks settings that become `-c key=value`. @throws RequestError */
export function validateConfig(field: string, config: unknown): void {
  if (!isTable(config)) throw new RequestError(field, `must be a plain object, got ${describeValue(config)}.`);
  for (const [key, value] of Object.entries(config)) {
    const at = `${field}.${key}`;
    if (!isBareKey(key)) {
      throw new RequestError(
        at,
        'must consist of letters, digits, _ and -. Nest tables as objects: { a: { b: 1 } } for a.b.',
      );
    }
    if (value === undefined) continue;
    validateValue(at, key, value);
    for (const word of configArgs({ [key]: value })) checkLength(at, word);
  }
}

/** Checks a `key=value` override. @throws RequestError */
export function validateOverride(field: string, override: unknown): void {
  checkMultiline(field, override);
  const at = override.indexOf('=');
  if (at === -1) throw new RequestError(field, 'must have the form key=value, such as model_verbosity="low".');
  checkLength(field, override);
  const key = overrideKey(override);
  if (key === '') throw new RequestError(field, 'must have a key before "=".');
  validateValue(`${field} (${key})`, key, parseOverrideValue(override.slice(at + 1)), Number.NEGATIVE_INFINITY);
}

/** Longest argument that Linux accepts. */
const MAX_FIELD_CHARACTERS = 80;
const MAX_ARGUMENT_BYTES = 131_071;

function checkLength(field: string, word: string): void {
  if (Buffer.byteLength(word) > MAX_ARGUMENT_BYTES) {
    throw new RequestError(field, 'is too long for a command line. Move it to config.toml or to a profile.');
  }
}

/** @param depth of nesting; negative in parsed TOML, which cannot contain itself and may contain bigints */
function validateValue(field: string, key: string, value: unknown, depth = 0): void {
  if (depth > MAX_CONFIG_DEPTH)
    throw new RequestError(
      field.slice(0, MAX_FIELD_CHARACTERS),
      `must not be nested deeper than ${String(MAX_CONFIG_DEPTH)} levels, or contain itself.`,
    );
  switch (typeof value) {
    case 'boolean':
      return;
    case 'bigint':
      if (depth >= 0) throw new RequestError(field, 'must be a number, got a bigint.');
      return;
    case 'number':
      if (!Number.isFinite(value))
        throw new RequestError(field, `must be a finite number, got ${describeValue(value)}.`);
      return;
    case 'string':
      validateString(field, key, value);
      return;
    default:
      if (value instanceof Date) {
        if (Number.isNaN(value.getTime())) throw new RequestError(field, 'must be a valid Date.');
      } else if (Array.isArray(value)) {
        value.forEach((item: unknown, index) => {
          validateValue(`${field}[${index}]`, key, item, depth + 1);
          validateListItem(`${field}[${index}]`, item, value[index - 1]);
        });
      } else if (isTable(value)) {
        for (const [name, item] of Object.entries(value)) {
          checkWellFormed(`${field}.${name}`, name);
          if (item !== undefined)
            validateValue(`${field}.${name}`, `${key}.${name.replaceAll('.', '_')}`, item, depth + 1);
        }
      } else {
        throw new RequestError(
          field,
          `must be a string, number, boolean, Date, array or plain object, got ${describeValue(value)}. Remove it to unset the setting.`,
        );
      }
  }
}

function validateString(field: string, key: string, value: string): void {
  checkWellFormed(field, value);
  if (value !== '' && (isSecretKey(key) || containsSecretText(value))) throw visibleSecret(field);
}

/** A list may be a command line. */
function validateListItem(field: string, word: unknown, before: unknown): void {
  if (typeof word !== 'string') return;
  if (assignsSecret(word, typeof before === 'string' ? before : undefined)) throw visibleSecret(field);
}

/** Every user of the machine can read the arguments of a process. */
function visibleSecret(field: string): RequestError {
  return new RequestError(
    field,
    'looks like a secret, which every user of the machine could read in the command line. Move it to "env" and name the ' +
      'variable: env_key for a model provider, env_http_headers for headers, bearer_token_env_var or env_vars for MCP.',
  );
}
