export * from './accessors.js';
export { decodeEvents } from './decode-events.js';
export { createDecoder, type Decoder, type DecoderOptions } from './decoder.js';
export type * from './events.js';
export * from './guards.js';
export type * from './items.js';
export { toOfficialEvent } from './official.js';
export type * from './official-types.js';
export type * from './raw-line.js';
