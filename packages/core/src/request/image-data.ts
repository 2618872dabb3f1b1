import type { OpenString } from '../events/items.js';

/** An image in memory. It is written to a private temporary file for the run. */
export interface ImageData {
  /** The bytes of the image file. */
  readonly data: Uint8Array;
  /** Such as `image/png`. */
  readonly mediaType: OpenString<'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp'>;
}
