// The globals of Jest, for tests that run many times in one process.
const { createRequire } = require('node:module');

// Dependencies of Jest.
const requireOfJest = createRequire(require.resolve('jest'));
const { ModuleMocker } = requireOfJest('jest-mock');
const mock = new ModuleMocker(globalThis);
// Nobody reads the difference of two long lists, which takes minutes.
const difference = require.resolve('jest-diff', { paths: [require.resolve('jest')] });
require(difference);
require.cache[difference].exports = { ...require(difference), diff: () => null };
const { expect } = requireOfJest('expect');
const { bind } = requireOfJest('jest-each');

/** A test that hangs is a failure; a busy machine is not. */
const TIMEOUT_MS = 30_000;

const tests = [];
const rootSuite = { name: '', parent: undefined, before: [], after: [], beforeAll: [], afterAll: [] };
let suite = rootSuite;
let skipping = false;

function describe(name, define) {
  const outer = suite;
  suite = { name: `${outer.name} ${name}`, parent: outer, before: [], after: [], beforeAll: [], afterAll: [] };
  define();
  suite = outer;
}
describe.each = bind(describe);
describe.skip = (name, define) => {
  const outer = skipping;
  skipping = true;
  describe(name, define);
  skipping = outer;
};
function test(name, run) {
  // The name of a property contains its seed.
  const id = `${suite.name} ${name} #${tests.length}`.replace(/ \(with seed=-?\d+\)/, '');
  if (!skipping) tests.push({ id, suite, run });
}
test.each = bind(test);
test.skip = () => undefined;
test.skip.each = () => () => undefined;

const hook = (kind) => (run) => void suite[kind].push(run);
const jest = {
  fn: mock.fn.bind(mock),
  spyOn: mock.spyOn.bind(mock),
  mocked: (value) => value,
  restoreAllMocks: mock.restoreAllMocks.bind(mock),
};
exports.globals = {
  ...{ describe, test, it: test, expect, jest },
  ...{ beforeEach: hook('before'), afterEach: hook('after') },
  ...{ beforeAll: hook('beforeAll'), afterAll: hook('afterAll') },
};
exports.tests = tests;

/** Loads the tests of a file; its hooks apply to them only. */
exports.loadFile = (load) => {
  describe('', load);
};

const suitesOf = (suite) => (suite === undefined ? [] : [...suitesOf(suite.parent), suite]);
let unhandled;
process.on('unhandledRejection', (error) => {
  unhandled ??= error;
});
process.on('uncaughtException', (error) => {
  unhandled ??= error;
});

async function call(run, ...args) {
  if (run.length > args.length)
    await new Promise((resolve, reject) => run(...args, (error) => (error ? reject(error) : resolve())));
  else await run(...args);
}

/** Runs one test. Returns the message of its failure, or `undefined`. */
exports.runTest = async (test) => {
  unhandled = undefined;
  let timer;
  const suites = suitesOf(test.suite);
  const hooks = async (kind, list = suites) => {
    for (const { [kind]: functions } of list) for (const run of functions) await call(run);
  };
  const timeout = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('timed out')), TIMEOUT_MS);
  });
  const body = async () => {
    for (const one of suites)
      if (!one.isOpen) {
        one.isOpen = true;
        await hooks('beforeAll', [one]);
      }
    await hooks('before');
    try {
      await call(test.run);
    } finally {
      await hooks('after', suites.toReversed());
    }
    if (unhandled !== undefined) throw unhandled;
  };
  try {
    await Promise.race([body(), timeout]);
    return undefined;
  } catch (error) {
    return String(error?.message ?? error) || 'failed';
  } finally {
    clearTimeout(timer);
  }
};

/** Runs the hooks `afterAll` of the suites whose tests have run. */
exports.closeSuites = async () => {
  for (const one of new Set(tests.flatMap((test) => suitesOf(test.suite)))) {
    if (!one.isOpen) continue;
    one.isOpen = false;
    for (const run of one.afterAll) await call(run).catch(() => undefined);
  }
};
