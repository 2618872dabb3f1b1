import { RequestError } from '../errors/index.js';
import { checkPath, checkString, describeValue } from './checks.js';
import { isTable } from './is-table.js';
import { assertKnownOptions } from './known-options.js';

/** Checks a path or the bytes of an image. @throws RequestError */
export function checkImage(field: string, value: unknown): void {
  if (isTable(value)) {
    checkImageData(field, value);
    return;
  }
  checkPath(field, value);
  if (value.includes(','))
    throw new RequestError(
      field,
      'must not contain a comma, at which the CLI splits the list of images. Rename or link the file.',
    );
}

function checkImageData(field: string, image: Readonly<Record<string, unknown>>): void {
  const { data, mediaType } = image;
  // Not `instanceof`, because the value may come from another realm.
  if (!ArrayBuffer.isView(data) || data.byteLength === 0)
    throw new RequestError(`${field}.data`, `must be a Uint8Array with bytes, got ${describeValue(data)}.`);
  checkString(`${field}.mediaType`, mediaType);
  if (!/^image\/[a-z0-9][a-z0-9.+-]*$/i.test(mediaType))
    throw new RequestError(`${field}.mediaType`, `must be the type of an image, got ${describeValue(mediaType)}.`);
  assertKnownOptions(image, ['data', 'mediaType']);
}
