// The tests of one folder, for `npm run mutation`.
import process from 'node:process';
import { project } from './jest.config.js';

const base = project('core');

/** @type {import('jest').Config} */
export default {
  ...base,
  setupFiles: [...base.setupFiles, '<rootDir>/scripts/mutation-setup.cjs'],
  roots: ['<rootDir>/packages'],
  testMatch: JSON.parse(process.env.MUTATION_TESTS ?? '[]').map((pattern) => `<rootDir>/packages/${pattern}`),
  moduleNameMapper: { '^fast-check$': '<rootDir>/scripts/mutation-fast-check.cjs', ...base.moduleNameMapper },
  testEnvironment: '@stryker-mutator/jest-runner/jest-env/node',
  testTimeout: 20_000,
};
