// Runs before each test file of `npm run mutation`.
const { config } = require('rxjs');

// A mutant may throw in a subscriber without an error handler, which would end the test runner.
config.onUnhandledError = () => undefined;
