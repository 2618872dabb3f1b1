// The tests of one folder, for `npm run mutation`.
import process from 'node:process';
import { project } from './jest.config.js';

const { MUTATION_PACKAGE = 'core', MUTATION_TESTS = '[]' } = process.env;
const base = project(MUTATION_PACKAGE);

/** @type {import('jest').Config} */
export default {
  ...base,
  testMatch: JSON.parse(MUTATION_TESTS).map((pattern) => `<rootDir>/packages/${MUTATION_PACKAGE}/test/${pattern}`),
  testEnvironment: '@stryker-mutator/jest-runner/jest-env/node',
  testTimeout: 20_000,
};
