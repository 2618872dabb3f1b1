/** Returns a flag and its value, attached where a leading dash would make the value a flag. */
export function flagArgs(flag: string, value: string | undefined): string[] {
  if (value === undefined) return [];
  return value.startsWith('-') ? [`${flag}=${value}`] : [flag, value];
}

export function repeatedArgs(flag: string, values: readonly string[] | undefined): string[] {
  return (values ?? []).flatMap((value) => flagArgs(flag, value));
}
