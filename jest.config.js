import { availableParallelism } from 'node:os';
import process from 'node:process';

/**
 * `npm run test:all` runs all. Otherwise files named `*.thorough.test.ts` are left out, and tests that repeat a case
 * for each message or signal take some of them: they would double the time.
 */
const skipped = process.env.TEST_ALL === '1' ? [] : ['\\.thorough\\.test\\.ts$'];

/** @type {(name: string) => import('jest').Config} */
export const project = (name) => ({
  displayName: name,
  rootDir: import.meta.dirname,
  roots: [`<rootDir>/packages/${name}`],
  testMatch: [`<rootDir>/packages/${name}/test/**/*.test.ts`],
  testPathIgnorePatterns: ['/node_modules/', ...skipped],
  testEnvironment: 'node',
  setupFiles: ['<rootDir>/scripts/jest-setup.cjs'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        sourceMaps: 'inline',
        jsc: { target: 'es2022', parser: { syntax: 'typescript' }, keepClassNames: true },
        module: { type: 'commonjs' },
      },
    ],
  },
  moduleNameMapper: {
    '^@codex-rx/([^/]+)$': '<rootDir>/packages/$1/src/index.ts',
    '^@codex-rx/core/(app-server|commands|events|errors|codecs|rollouts|home|interop|files|capabilities|codex-sdk|mcp)$':
      '<rootDir>/packages/core/src/$1/index.ts',
    '^@codex-rx/testing/(jest|arbitrary|processes)$': '<rootDir>/packages/testing/src/$1/index.ts',
    '^codex-rx$': '<rootDir>/packages/cli/src/index.ts',
    '^codex-rx/terminal$': '<rootDir>/packages/cli/src/terminal/index.ts',
    '^@codex-rx/operators/node$': '<rootDir>/packages/operators/src/node.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  modulePathIgnorePatterns: ['<rootDir>/(?:packages|examples)/(?:[^/]+/)?dist/'],
});

/** @type {import('jest').Config} */
const examples = {
  ...project('examples'),
  roots: ['<rootDir>/examples'],
  testMatch: ['<rootDir>/examples/test/*.test.ts', '<rootDir>/examples/*/test/**/*.test.ts'],
};

/** @type {import('jest').Config} */
export default {
  projects: [...['core', 'operators', 'testing', 'cli'].map(project), examples],
  // A test with a real process may have to wait for a termination ladder on a busy machine.
  testTimeout: 60_000,
  // Most tests wait for processes: more workers than cores, of which jest leaves one idle by default.
  maxWorkers: availableParallelism() + 1,
  // Jest keeps parts of each test file in memory; a worker above this limit is replaced.
  workerIdleMemoryLimit: '1GB',
  coverageProvider: 'v8',
  collectCoverageFrom: ['packages/*/src/**/*.ts'],
  coverageReporters: ['text', 'lcov'],
};
