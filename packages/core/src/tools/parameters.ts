import type { Validator } from '@cfworker/json-schema';
import { RequestError } from '../errors/index.js';
import { isTable } from '../request/is-table.js';
import { toJsonSchema } from '../request/output-schema.js';
import { errorMessage } from '../util/error-message.js';

const NO_PARAMETERS = { type: 'object', properties: {}, additionalProperties: false };
/** How many problems of the arguments the model sees. */
const MAX_PROBLEMS = 5;

interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}
interface StandardSchema {
  readonly '~standard': {
    readonly validate: (value: unknown) => StandardResult | Promise<StandardResult>;
  };
}
type StandardResult = { readonly value: unknown; readonly issues?: undefined } | { readonly issues: readonly Issue[] };
interface Codec {
  readonly name: string;
  readonly decode: (value: unknown) => { readonly _tag: string; readonly right?: unknown };
}

/** Returns a copy of the JSON Schema of the arguments. @throws RequestError */
export function toInputSchema(parameters: object | undefined): Readonly<Record<string, unknown>> {
  const schema = toJsonSchema('parameters', parameters ?? NO_PARAMETERS);
  if ((schema as { readonly type?: unknown }).type !== 'object')
    throw new RequestError('parameters', 'must describe an object: the CLI passes arguments by name.');
  try {
    return JSON.parse(JSON.stringify(schema)) as Readonly<Record<string, unknown>>;
  } catch (error) {
    throw new RequestError('parameters', `cannot be written as JSON: ${errorMessage(error).split('\n', 1)[0] ?? ''}`);
  }
}

/** Validates the arguments of a call. Rejects with an error for the model. */
export async function parseArguments(
  schema: object | undefined,
  inputSchema: Readonly<Record<string, unknown>>,
  args: unknown,
): Promise<unknown> {
  if (schema !== undefined && isStandard(schema)) {
    const result = await schema['~standard'].validate(args);
    if (result.issues === undefined) return result.value;
    throw invalid(result.issues.map(({ message, path = [] }) => describe(path, message)));
  }
  if (schema !== undefined && isCodec(schema)) {
    const result = schema.decode(args);
    if (result._tag === 'Right') return result.right;
    throw invalid([`they do not match ${schema.name}`]);
  }
  await checkJson(inputSchema, args);
  return args;
}

/** The validators of schemas, which read their schema when they are created. */
const validators = new WeakMap<object, Validator>();

/** A package of its own size is loaded when it is needed. */
async function checkJson(schema: object, args: unknown): Promise<void> {
  const { Validator } = await import('@cfworker/json-schema');
  const validator = validators.get(schema) ?? new Validator(schema, '2020-12', false);
  validators.set(schema, validator);
  const { valid, errors } = validator.validate(args);
  if (valid) return;
  // An error of an outer schema repeats those of its parts.
  const leaves = errors.filter(({ instanceLocation, keyword }) => !isRepeated(keyword, instanceLocation, errors));
  throw invalid(leaves.map(({ instanceLocation, error }) => describe(instanceLocation.split('/').slice(1), error)));
}

interface JsonError {
  readonly keyword: string;
  readonly instanceLocation: string;
}

function isRepeated(keyword: string, location: string, errors: readonly JsonError[]): boolean {
  if (keyword !== 'properties' && keyword !== 'items') return false;
  return errors.some((other) => other.instanceLocation.startsWith(`${location}/`));
}

function describe(path: NonNullable<Issue['path']>, message: string): string {
  const keys = path.map((part) => String(typeof part === 'object' ? part.key : part));
  return keys.length === 0 ? message : `${keys.join('.')}: ${message}`;
}

function invalid(problems: readonly string[]): Error {
  const more = problems.length > MAX_PROBLEMS ? `; and ${String(problems.length - MAX_PROBLEMS)} more` : '';
  return new Error(`The arguments are invalid: ${problems.slice(0, MAX_PROBLEMS).join('; ')}${more}`);
}

function isStandard(schema: object): schema is StandardSchema {
  return typeof (schema as Partial<StandardSchema>)['~standard']?.validate === 'function';
}

function isCodec(schema: object): schema is Codec {
  return !isTable(schema) && typeof (schema as Partial<Codec>).decode === 'function';
}
