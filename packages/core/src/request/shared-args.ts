import { configArgs } from './config-args.js';
import { repeatedArgs } from './flag-args.js';
import type { CodexOptions } from './types.js';

/** Returns the arguments that every subcommand accepts, to be placed before it. */
export function sharedArgs(options: Pick<CodexOptions, 'config' | 'configOverrides' | 'enable' | 'disable'>): string[] {
  return [
    ...configArgs(options.config ?? {}),
    ...repeatedArgs('-c', options.configOverrides),
    ...repeatedArgs('--enable', options.enable),
    ...repeatedArgs('--disable', options.disable),
  ];
}
