/** Path of the invalid value in the answer, and what is wrong with it. */
export interface Description {
  readonly path: string;
  readonly problem: string;
}

/** A step of the path to an invalid value, as reported by io-ts. */
interface ContextEntry {
  readonly key: string;
  readonly type: CodecLike;
}

interface CodecLike {
  readonly name: string;
  readonly _tag?: string;
  /** The codec inside of a wrapper. */
  readonly type?: CodecLike;
}

interface ValidationError {
  readonly context: readonly ContextEntry[];
  readonly message?: string | undefined;
}

const MAX_ALTERNATIVES = 5;
const MAX_NAME_LENGTH = 60;
const MAX_REASON_LENGTH = 120;
export const MAX_PATH_LENGTH = 200;
export const MAX_PROBLEM_LENGTH = 900;

/** Describes the `Left` of a decoder: the first error of io-ts, with the alternatives if it is about a union. */
export function describeLeft(left: unknown): Description {
  const errors: readonly unknown[] = Array.isArray(left) ? left : [left];
  const [first] = errors;
  if (isValidationError(first)) return describe(errors.filter(isValidationError), first);
  if (first instanceof Error) return { path: '', problem: cut(first.message, MAX_PROBLEM_LENGTH) };
  return { path: '', problem: cut(typeof first === 'string' ? first : problemOf(left), MAX_PROBLEM_LENGTH) };
}

function problemOf(left: unknown): string {
  try {
    return `the decoder returned ${JSON.stringify(left)}`;
  } catch {
    return 'the decoder returned a value that is not JSON';
  }
}

function isValidationError(value: unknown): value is ValidationError {
  return typeof value === 'object' && value !== null && Array.isArray((value as { context?: unknown }).context);
}

function describe(errors: readonly ValidationError[], first: ValidationError): Description {
  const { context, message } = first;
  for (let step = 0; step + 1 < context.length; step++) {
    if (!isTagged(context[step], 'UnionType')) continue;
    const alternatives = alternativesAt(errors, context, step);
    if (alternatives.length > 1) return { path: pathOf(context.slice(0, step + 1)), problem: noneOf(alternatives) };
  }
  return { path: pathOf(context), problem: cut(message ?? `expected ${nameOf(context.at(-1))}`, MAX_PROBLEM_LENGTH) };
}

/** Returns the errors of each alternative of the union at this step, with contexts relative to that step. */
function alternativesAt(
  errors: readonly ValidationError[],
  context: readonly ContextEntry[],
  step: number,
): readonly (readonly ValidationError[])[] {
  const alternatives = new Map<string | undefined, ValidationError[]>();
  for (const error of errors) {
    if (!context.slice(0, step + 1).every(({ key }, i) => key === error.context[i]?.key)) continue;
    const inside = { ...error, context: error.context.slice(step + 1) };
    const key = inside.context[0]?.key;
    alternatives.set(key, [...(alternatives.get(key) ?? []), inside]);
  }
  return [...alternatives.values()];
}

function noneOf(alternatives: readonly (readonly ValidationError[])[]): string {
  const tried = alternatives.slice(0, MAX_ALTERNATIVES).map((errors) => {
    const [first] = errors as readonly [ValidationError];
    const name = nameOf(first.context[0]);
    const { path, problem } = describe(errors, first);
    const isItself = path === '' && problem === `expected ${name}`;
    return { name, reason: isItself ? '' : `${path === '' ? '' : `at ${path}: `}${problem}` };
  });
  const left = alternatives.length - tried.length;
  const others = left === 0 ? [] : [left === 1 ? '1 other' : `${String(left)} others`];
  if (tried.every(({ reason }) => reason === '')) {
    const names = [...tried.map(({ name }) => name), ...others];
    return `expected ${names.slice(0, -1).join(', ')} or ${String(names.at(-1))}`;
  }
  const reasons = tried.map(({ name, reason }) =>
    reason === '' ? name : `${name} (${cut(reason, MAX_REASON_LENGTH)})`,
  );
  return `none of ${String(alternatives.length)} alternatives fits: ${[...reasons, ...others].join('; ')}`;
}

function nameOf(entry: ContextEntry | undefined): string {
  return entry === undefined ? 'something else' : cut(entry.type.name, MAX_NAME_LENGTH);
}

/** Joins the keys of the value. io-ts also counts the members of unions and intersections as steps. */
function pathOf(context: readonly ContextEntry[]): string {
  const keys = context
    .filter((_, i) => i > 0 && !isTagged(context[i - 1], 'UnionType') && !isTagged(context[i - 1], 'IntersectionType'))
    .map(({ key }) => key);
  return cut(keys.join('.'), MAX_PATH_LENGTH);
}

const WRAPPERS = ['ExactType', 'ReadonlyType', 'RecursiveType', 'RefinementType'];

/** Whether the codec has this tag, or wraps a codec with this tag: io-ts does not count wrappers as steps. */
function isTagged(entry: ContextEntry | undefined, tag: string): boolean {
  let codec = entry?.type;
  while (codec?._tag !== undefined && WRAPPERS.includes(codec._tag)) codec = codec.type;
  return codec?._tag === tag;
}

export function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
