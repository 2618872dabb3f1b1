import * as t from 'io-ts';

/** A field that the server omits or sets to `null`. */
export const nullable = <C extends t.Mixed>(codec: C) => t.union([codec, t.null, t.undefined]);
