export { type TeeLinesOptions, teeLines } from './node/tee-lines.js';
