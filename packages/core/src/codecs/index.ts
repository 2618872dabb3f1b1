export { type DecoderState, decodeStep } from '../events/decoder.js';
export { eventCodecs, itemCodecs, threadEventCodec, threadItemCodec, usageCodec } from './codecs.js';
