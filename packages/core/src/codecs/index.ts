export { eventCodecs, threadEventCodec, usageCodec } from '../events/codecs/events.js';
export { itemCodecs, threadItemCodec } from '../events/codecs/items.js';
export { type DecoderState, decodeStep } from '../events/decoder.js';
