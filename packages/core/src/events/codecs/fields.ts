/** An object of which nothing is known yet. */
export type Fields = Readonly<Record<string, unknown>>;

export function isObject(u: unknown): u is Fields {
  return typeof u === 'object' && u !== null && !Array.isArray(u);
}

/** A copy without some of the fields; own fields only, so that a field named `__proto__` stays a field. */
export function omit(fields: Fields, ...names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}
