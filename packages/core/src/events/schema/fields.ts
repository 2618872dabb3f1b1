/** An object whose fields have not been checked. */
export type Fields = Readonly<Record<string, unknown>>;

/** Like `Fields`, while an object is being rewritten. */
export type MutableFields = Record<string, unknown>;

/** Returns whether the value is an object and not an array. */
export function isObject(u: unknown): u is Fields {
  return typeof u === 'object' && u !== null && !Array.isArray(u);
}

/** Returns a copy without some fields. Copies own fields only, so that a field named `__proto__` stays a field. */
export function omit(fields: Fields, ...names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}
