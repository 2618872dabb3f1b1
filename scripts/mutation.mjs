// Mutation tests: changes the sources in small ways and reports the changes that no test notices.
//   npm run mutation                      the pure folders
//   npm run mutation -- snapshot usage    these folders
//   npm run mutation -- process --sample packages/core/src/process/sweep.ts,packages/core/src/process/drain.ts
// One test at a time, so that tests with processes are not slowed down. Not a part of CI: it takes minutes to hours.
// Fails if the score of a folder is below its bound.
import { readdirSync, rmSync } from 'node:fs';
import { dirname, join, matchesGlob } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const PURE = ['request', 'snapshot', 'usage'];

/**
 * The sources and the tests of each folder, below `packages/`, and the lowest score that passes, in percent: `null`
 * where no whole run has been measured yet.
 */
const FOLDERS = {
  request: { source: 'core/src/request', tests: ['core/test/request/**/*.test.ts'], bound: null },
  snapshot: {
    source: 'core/src/events/snapshot',
    tests: [
      'core/test/events/snapshot/*.test.ts',
      // Not those that measure memory and time, which are slow or use the build, which has no mutants.
      'operators/test/snapshot/{items,reduce-*,turns}.test.ts',
      'operators/test/operators/{snapshots,item-snapshots,with-latest-snapshot}.test.ts',
      'operators/test/laws/{snapshots,model}.laws.test.ts',
    ],
    bound: null,
  },
  usage: {
    source: 'core/src/events/usage',
    tests: ['core/test/events/usage/*.test.ts', 'operators/test/operators/usage.test.ts'],
    bound: 85,
  },
  run: { source: 'core/src/run', tests: ['core/test/{run,exec}/**/*.test.ts'], bound: null },
  process: { source: 'core/src/process', tests: ['core/test/process/**/*.test.ts'], bound: null },
};

const { values, positionals } = parseArgs({ options: { sample: { type: 'string' } }, allowPositionals: true });
const names = positionals.length > 0 ? positionals : PURE;
const unknown = names.filter((name) => !Object.hasOwn(FOLDERS, name));
if (unknown.length > 0)
  throw new Error(`No folder ${unknown.join(', ')}. There are: ${Object.keys(FOLDERS).join(', ')}`);

const sources = readdirSync(join(root, 'packages'), { recursive: true }).map((file) => file.replaceAll('\\', '/'));
for (const name of names) {
  const { source, tests, bound } = FOLDERS[name];
  const tempDirName = `.stryker-tmp-${name}`;
  // Warns that it is experimental in Node.js 20.
  const isTest = (file) => tests.some((pattern) => matchesGlob(file, pattern));
  process.env.MUTATION_TESTS = JSON.stringify(sources.filter(isTest).map((file) => `packages/${file}`));
  process.stdout.write(`\n== packages/${source}\n`);
  try {
    await new Stryker({
      mutate: values.sample?.split(',') ?? [`packages/${source}/**/*.ts`],
      testRunner: 'in-process',
      plugins: [join(root, 'scripts/mutation/runner.mjs')],
      coverageAnalysis: 'perTest',
      concurrency: 1,
      // A slow test on a busy machine is not a mutant that was found.
      timeoutMS: 40_000,
      // A mutant of a constant would need a run of all tests in a new environment.
      ignoreStatic: true,
      ignorePatterns: ['dist', '.typedoc', 'benchmarks', 'docs/api'],
      reporters: ['clear-text', 'json', 'progress-append-only'],
      clearTextReporter: { allowColor: false, logTests: false, reportTests: false, skipFull: true },
      jsonReporter: { fileName: `.stryker/${name}.json` },
      tempDirName,
      thresholds: { high: 95, low: bound ?? 0, break: bound },
      logLevel: 'warn',
    }).runMutationTest();
  } finally {
    rmSync(join(root, tempDirName), { recursive: true, force: true });
  }
}
