import type { CaseSpec } from '../case-spec.js';
import { endingCases } from './exit.js';
import { inputCases } from './input.js';
import { machineCases } from './machine.js';
import { outputCases } from './output.js';
import { leavingCases } from './unsubscribe.js';

export const caseSpecs: readonly CaseSpec[] = [
  ...inputCases,
  ...outputCases,
  ...endingCases,
  ...leavingCases,
  ...machineCases,
];
