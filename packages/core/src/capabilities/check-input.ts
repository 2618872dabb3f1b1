import { describeProblem } from '../commands/describe-problem.js';
import { RequestError } from '../errors/index.js';
import { checkBoolean, checkString, checkTable } from '../request/checks.js';
import { assertKnownOptions } from '../request/known-options.js';
import type { CapabilityOverrides } from './overrides.js';
import { capabilitiesCodec } from './snapshot-codec.js';
import type { Capabilities } from './types.js';

/** Checks capabilities that the caller provides. @throws RequestError */
export function checkCapabilities(field: string, value: unknown): asserts value is Capabilities {
  if (capabilitiesCodec.decode(value)._tag === 'Right') return;
  const { path, problem } = describeProblem(capabilitiesCodec, value);
  throw new RequestError(path === '' ? field : `${field}.${path}`, `is invalid: ${problem}.`);
}

/** Checks overrides that the caller provides. @throws RequestError */
export function checkOverrides(field: string, value: unknown): asserts value is CapabilityOverrides {
  const table = checkTable(field, value);
  const values = Object.fromEntries(Object.entries(table).map(([key, item]) => [`${field}.${key}`, item]));
  assertKnownOptions(
    values,
    ['snapshot', 'version', 'features'].map((key) => `${field}.${key}`),
  );
  const { snapshot, version, features } = table;
  if (snapshot !== undefined) checkCapabilities(`${field}.snapshot`, snapshot);
  if (version !== undefined) checkString(`${field}.version`, version);
  if (features === undefined) return;
  for (const [feature, has] of Object.entries(checkTable(`${field}.features`, features)))
    if (has !== undefined) checkBoolean(`${field}.features.${feature}`, has);
}
