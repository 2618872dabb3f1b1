/** The key of a `key=value` override; the CLI splits at the first `=` and trims. */
export function overrideKey(override: string): string {
  const at = override.indexOf('=');
  return (at === -1 ? override : override.slice(0, at)).trim();
}
