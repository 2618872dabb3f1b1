import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { Start } from '../command/context.js';
import { doctorCommand } from './doctor/command.js';
import { reportCommand } from './report/command.js';
import { runCommand } from './run/command.js';
import { usageCommand } from './usage/command.js';

/** Creates the parser of a command. */
type CreateCommand = (start: Start) => CommandUnknownOpts;

/** All commands, in the order of the help. */
export const commands: readonly CreateCommand[] = [runCommand, reportCommand, usageCommand, doctorCommand];
