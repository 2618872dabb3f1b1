// Takes the place of `fast-check` in `npm run mutation`: every property has few cases, because each mutant runs it
// again. Examples that a test lists are run in addition. MUTATION_NUM_RUNS changes the number of cases.
const { dirname, join } = require('node:path');
const fc = require(join(dirname(require.resolve('fast-check/package.json')), 'lib/cjs/fast-check.js'));

// Every mutant meets the same cases.
fc.configureGlobal({ seed: 20_261_123 });
const numRuns = Number(process.env.MUTATION_NUM_RUNS ?? 25);

/** The number that a test asks for does not count. A failure is not made smaller. */
function assert(property, parameters = {}) {
  return fc.assert(property, { ...parameters, numRuns, endOnFailure: true });
}

module.exports = { ...fc, assert, default: { ...fc.default, assert }, __esModule: true };
