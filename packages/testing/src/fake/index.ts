export * from './fake-codex.js';
export { type FixtureScriptOptions, fixtureScript } from './fixture-script.js';
export type { FakeInvocation } from './invocations.js';
export * from './resource.js';
export type * from './script.js';
