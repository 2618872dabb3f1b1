// Runs before each test file of `npm run mutation`.
const fc = require('fast-check');
const { config } = require('rxjs');

// Each mutant runs many properties: fewer cases each.
fc.configureGlobal({ numRuns: 25 });
// A mutant may throw in a subscriber without an error handler, which would end the test runner.
config.onUnhandledError = () => undefined;
