/** `inProgress` → `in_progress`: the CLI writes enumerations of `exec` in snake case, those of the protocol in camel case. */
export function snakeCase(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
