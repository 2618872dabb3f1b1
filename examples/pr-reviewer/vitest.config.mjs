// With global functions `@codex-rx/testing/jest` sets itself up.
export default { test: { globals: true, setupFiles: ['@codex-rx/testing/jest'], testTimeout: 60_000 } };
