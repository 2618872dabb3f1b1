/** `inProgress` → `in_progress`: enumerations are in snake case in `exec`, in camel case in the protocol. */
export function snakeCase(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
