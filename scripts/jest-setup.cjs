// In CI every run checks the same examples, so that a random find does not fail an unrelated change.
// Elsewhere they are random.
if (process.env.CI) {
  const fc = require('fast-check');
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20_261_123 });
}

// Records of runs do not go to the home of the user.
process.env.XDG_STATE_HOME ??= require('node:path').join(require('node:os').tmpdir(), 'codex-rx-test-state');
