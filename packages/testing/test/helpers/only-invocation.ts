import type { FakeCodex, FakeInvocation } from '../../src/fake/index.js';

/** Returns the report of the only invocation. */
export function onlyInvocation(fake: FakeCodex): FakeInvocation {
  const [invocation, ...others] = fake.invocations();
  if (invocation === undefined || others.length > 0) throw new Error('There must be exactly one invocation.');
  return invocation;
}
