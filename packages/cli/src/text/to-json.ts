import { mapTexts } from './map-texts.js';

/** C1 controls and marks that change the direction of text, which JSON does not escape. */
const UNPRINTABLE = /[\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Returns a value as JSON that is safe to print on a terminal: in one line, or indented by `indent` spaces. */
export function toJson(value: unknown, indent?: number): string {
  return stringify(value, indent).replace(
    UNPRINTABLE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Returns a value as JSON. The values of tools may be deeper than `JSON.stringify` can go: then their depth is cut. */
export function stringify(value: unknown, indent?: number): string {
  try {
    return JSON.stringify(value, undefined, indent);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return JSON.stringify(
      mapTexts(value, (text) => text),
      undefined,
      indent,
    );
  }
}
