export { events } from './events.js';
export { type ItemFields, items } from './items.js';
