import * as t from 'io-ts';

export const nullable = <T>(codec: t.Type<T>) => t.union([codec, t.null]);

/** A field that some versions of the CLI leave out, and others write as `null`. */
export const optional = <T>(codec: t.Type<T>) => t.union([codec, t.null, t.undefined]);
