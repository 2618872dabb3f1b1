import { describeValue } from '../request/checks.js';

/**
 * Compares two versions by the precedence of Semantic Versioning: a pre-release comes before its release, and build
 * metadata is ignored.
 *
 * @returns a negative number if `a` is older, 0 if both are equal, a positive number if `a` is newer
 * @throws RangeError for a text that is not a version
 *
 * @example
 * ```ts
 * import { compareVersions } from '@codex-rx/core/capabilities';
 *
 * console.log(['0.98.0', '0.171.0', '0.171.0-alpha.2'].sort(compareVersions)); // 0.98.0, 0.171.0-alpha.2, 0.171.0
 * ```
 */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [parse(a), parse(b)];
  const numbers = compareLists(left.numbers, right.numbers);
  if (numbers !== 0) return numbers;
  if (left.prerelease.length === 0 || right.prerelease.length === 0)
    return Math.sign(right.prerelease.length - left.prerelease.length);
  return compareLists(left.prerelease, right.prerelease);
}

const VERSION = /^v?(\d+\.\d+\.\d+)(?:-([\w.-]+))?(?:\+[\w.-]+)?$/;

/** Returns whether `compareVersions` accepts a value. */
export function isVersion(value: unknown): boolean {
  return matchVersion(value) !== null;
}

function matchVersion(value: unknown): RegExpExecArray | null {
  return typeof value === 'string' ? VERSION.exec(value.trim()) : null;
}

function parse(text: string): { readonly numbers: readonly string[]; readonly prerelease: readonly string[] } {
  const [, numbers, prerelease] = matchVersion(text) ?? [];
  if (numbers === undefined) throw new RangeError(`${describeValue(text)} is not a version, such as 0.171.0.`);
  return { numbers: numbers.split('.'), prerelease: prerelease?.split('.') ?? [] };
}

/** The first difference decides; a list that continues is newer. */
function compareLists(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((part, index) => comparePart(part, b[index]) !== 0);
  return at === -1 ? Math.sign(a.length - b.length) : comparePart(a[at] ?? '', b[at]);
}

/** Numbers come before words. */
function comparePart(a: string, b: string | undefined): number {
  if (b === undefined) return 1;
  const [isNumber, isOtherNumber] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (isNumber && isOtherNumber) return Math.sign(Number(a) - Number(b));
  if (isNumber !== isOtherNumber) return isNumber ? -1 : 1;
  return a === b ? 0 : a < b ? -1 : 1;
}
