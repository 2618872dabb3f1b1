export {
  type AppServerConformanceResult,
  type OpenScripted,
  runAppServerConformance,
} from './conformance.js';
export { type FakeAppServer, fakeAppServer } from './fake-app-server.js';
export { type FakeAppServerProgram, openFakeAppServer } from './fake-program.js';
export type * from './script.js';
export { type ServerStep, serverTurn } from './steps.js';
export { transcriptScript } from './transcript-script.js';
