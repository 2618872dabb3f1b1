export * from './fake-codex.js';
export type { FakeInvocation } from './invocations.js';
export * from './resource.js';
export type * from './script.js';
