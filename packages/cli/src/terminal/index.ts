export { explain } from './explain.js';
export { type Moment, nextMoment, type RunningItem } from './moments.js';
export { type Outcome, outcome, type Verdict, verdict } from './outcome.js';
export { openScreen, type Screen } from './screen.js';
export { type RunView, type ShownRun, type ShowRunOptions, showRun } from './show-run.js';
export { listenForStop, type StopSignals } from './stop-signals.js';
export type { Head } from './view/head.js';
export type { Style } from './view/style.js';
export { timelineLines } from './view/timeline.js';
