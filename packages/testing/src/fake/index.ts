export * from './fake-codex.js';
export * from './fake-codex-resource.js';
export type * from './fake-script.js';
export { type FixtureScriptOptions, fixtureScript } from './fixture-script.js';
export type { FakeInvocation } from './invocations.js';
