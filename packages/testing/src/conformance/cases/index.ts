import type { CaseSpec } from '../case-spec.js';
import { exitCases } from './exit.js';
import { inputCases } from './input.js';
import { machineCases } from './machine.js';
import { outputCases } from './output.js';
import { unsubscribeCases } from './unsubscribe.js';

export const caseSpecs: readonly CaseSpec[] = [
  ...inputCases,
  ...outputCases,
  ...exitCases,
  ...unsubscribeCases,
  ...machineCases,
];
