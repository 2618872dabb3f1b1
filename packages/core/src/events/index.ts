export type * from './events.js';
export type * from './items.js';
export type * from './raw-line.js';
