export { type FakeAppServer, fakeAppServer } from './fake-app-server.js';
export type * from './script.js';
export { type ServerStep, serverTurn } from './steps.js';
