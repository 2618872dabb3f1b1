/** One command of the CLI. */
export interface CliCommand {
  /** Its long flags, such as `--json`. Hidden ones, too, where the CLI lists them. */
  readonly flags: readonly string[];
  /** Its positional arguments, such as `PROMPT`. */
  readonly args: readonly string[];
}

/** The commands of a CLI by path: `''` is the root, `exec resume` a command of a command. */
export type CliCommands = Readonly<Record<string, CliCommand>>;

/** The part of the capabilities of a CLI that decides which options a request may use. */
export interface CliSurface {
  /** The version of the CLI. */
  readonly version?: { readonly version: string | undefined } | undefined;
  /** The commands and their flags. */
  readonly commands?: CliCommands | undefined;
  /** Overrides `commands`: `{ 'exec --add-dir': true, 'exec fork': false }`. */
  readonly overrides?: Readonly<Record<string, boolean>> | undefined;
}

/**
 * Returns whether the CLI has a command or a flag, or `undefined` if its commands are unknown.
 *
 * @param words a command with or without a flag, such as `exec fork` or `exec --add-dir`; `--search` is of the root
 */
export function hasInSurface(surface: CliSurface, words: string): boolean | undefined {
  const override = findOverride(surface, words);
  if (override !== undefined) return override;
  if (surface.commands === undefined) return undefined;
  const at = words.indexOf('--');
  const path = at === -1 ? words : words.slice(0, at).trim();
  const command = Object.hasOwn(surface.commands, path) ? surface.commands[path] : undefined;
  return at === -1 ? command !== undefined : command?.flags.includes(words.slice(at)) === true;
}

/** Returns what the overrides say about a command or a flag. */
export function findOverride({ overrides }: Pick<CliSurface, 'overrides'>, words: string): boolean | undefined {
  return overrides !== undefined && Object.hasOwn(overrides, words) ? overrides[words] : undefined;
}
