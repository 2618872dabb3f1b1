import type { CaseSpec } from '../case-spec.js';
import { endingCases } from './ending.js';
import { inputCases } from './input.js';
import { leavingCases } from './leaving.js';
import { machineCases } from './machine.js';
import { outputCases } from './output.js';

export const caseSpecs: readonly CaseSpec[] = [
  ...inputCases,
  ...outputCases,
  ...endingCases,
  ...leavingCases,
  ...machineCases,
];
