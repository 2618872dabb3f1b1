type Version = readonly [number, number, number];

/** Parses the first version number in a text. A pre-release counts as its release, because it has the same flags. */
export function parseVersion(text: string): Version | undefined {
  const match = /\b(\d{1,9})\.(\d{1,9})\.(\d{1,9})/.exec(text);
  return match === null ? undefined : [Number(match[1]), Number(match[2]), Number(match[3])];
}

export function isBefore(version: Version, other: string): boolean {
  const limit = parseVersion(other) ?? [0, 0, 0];
  const at = version.findIndex((part, index) => part !== limit[index]);
  return at !== -1 && (version[at] ?? 0) < (limit[at] ?? 0);
}
