export { eventCodecs, threadEventCodec, usageCodec } from './codecs/events.js';
export { itemCodecs, threadItemCodec } from './codecs/items.js';
export { decodeEvents } from './decode-events.js';
export { createDecoder, type Decoder, type DecoderOptions, type DecoderState, step } from './decoder.js';
export type * from './events.js';
export type * from './items.js';
export type * from './raw-line.js';
