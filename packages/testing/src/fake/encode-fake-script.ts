import { RequestError } from '@codex-rx/core/errors';
import type { FakeCase, FakeScript, FakeStep } from './fake-script.js';

const DEFAULT_VERSION = '0.171.0';
/** Length of the shortest line that is an `agent_message` event. */
const MIN_LONG_LINE_BYTES = 100;

const STEPS: readonly string[] = [
  'line',
  'lines',
  'raw',
  'wait',
  'stderr',
  'flood',
  'longLine',
  'closeStdout',
  'exit',
  'signal',
  'ignore',
  'on',
  'spawn',
  'readStdin',
  'readLine',
  'reply',
  'writeFile',
  'hang',
  'repeat',
];

/**
 * Validates a script and encodes it for the fake program: with defaults, bytes as base64.
 *
 * @throws RequestError if the script is invalid; `field` is the path of the invalid step.
 */
export function encodeScript(script: FakeScript | readonly FakeStep[]): string {
  const {
    steps,
    readStdin = true,
    cases = [],
    version = DEFAULT_VERSION,
  }: FakeScript = isSteps(script) ? { steps: script } : script;
  if (steps === undefined && cases.length === 0)
    throw new RequestError('steps', 'must be set if "cases" is not. Set it to [] for a fake that exits immediately.');
  checkSteps('steps', steps ?? []);
  const checked = cases.map((one, index) => checkCase(`cases.${index}`, one));
  return JSON.stringify({ version, steps, readStdin, cases: checked }, bytesAsBase64);
}

/** A JSON replacer. `this` contains the original value: a Buffer has a `toJSON`. */
function bytesAsBase64(this: Record<string, unknown>, key: string, value: unknown): unknown {
  const original = this[key];
  if (!ArrayBuffer.isView(original)) return value;
  return { base64: Buffer.from(original.buffer, original.byteOffset, original.byteLength).toString('base64') };
}

const isSteps = (script: FakeScript | readonly FakeStep[]): script is readonly FakeStep[] => Array.isArray(script);

function checkCase(field: string, one: FakeCase): FakeCase {
  checkSteps(`${field}.steps`, one.steps);
  if (one.nth !== undefined && !(Number.isInteger(one.nth) && one.nth > 0))
    throw new RequestError(`${field}.nth`, `must be a positive integer, got ${one.nth}.`);
  return { ...one, readStdin: one.readStdin ?? true };
}

function checkSteps(field: string, steps: readonly FakeStep[]): void {
  for (const [index, step] of steps.entries()) checkStep(`${field}.${index}`, step);
}

function checkStep(field: string, step: FakeStep): void {
  if (!Object.keys(step).some((key) => STEPS.includes(key)))
    throw new RequestError(field, `must have one of ${STEPS.join(', ')}, got ${JSON.stringify(step)}.`);
  if ('bytes' in step) checkCount(`${field}.bytes`, step.bytes, 0);
  if ('longLine' in step) checkCount(`${field}.longLine`, step.longLine, MIN_LONG_LINE_BYTES);
  if ('wait' in step) checkCount(`${field}.wait`, step.wait, 0);
  if ('exit' in step) checkCount(`${field}.exit`, step.exit, 0);
  if ('repeat' in step) checkCount(`${field}.repeat`, step.repeat, 0);
  if ('spawn' in step) checkCount(`${field}.spawn.seconds`, step.spawn.seconds, 0);
  if ('steps' in step) checkSteps(`${field}.steps`, step.steps);
}

function checkCount(field: string, value: number, minimum: number): void {
  if (!Number.isFinite(value) || value < minimum)
    throw new RequestError(field, `must be a number of at least ${minimum}, got ${value}.`);
}
