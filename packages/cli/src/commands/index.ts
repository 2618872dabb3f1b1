import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { Start } from '../command/context.js';
import { doctorCommand } from './doctor/command.js';
import { fixturesCommand } from './fixtures/command.js';
import { reportCommand } from './report/command.js';
import { runCommand } from './run/command.js';
import { sessionsCommand } from './sessions/command.js';
import { usageCommand } from './usage/command.js';
import { watchCommand } from './watch/command.js';

/** Creates the parser of a command. */
type CreateCommand = (start: Start) => CommandUnknownOpts;

/** All commands, in the order of the help. */
export const commands: readonly CreateCommand[] = [
  runCommand,
  watchCommand,
  reportCommand,
  usageCommand,
  sessionsCommand,
  doctorCommand,
  fixturesCommand,
];
