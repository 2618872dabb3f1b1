import type * as t from 'io-ts';
import { CommandParseError } from '../errors/index.js';
import type { CommandOutput } from './command-options.js';
import { describeProblem } from './describe-problem.js';

/**
 * The JSON that a command wrote on standard output, checked.
 *
 * @param isSecret the output may hold secrets, and must not be part of an error
 * @throws CommandParseError
 */
export function parseJson<T>(output: CommandOutput, codec: t.Type<T>, isSecret = false): T {
  const shown = isSecret ? '(not shown: it may hold secrets)' : output.stdout;
  let value: unknown;
  try {
    value = JSON.parse(output.stdout);
  } catch (error) {
    // The parser's message quotes the text.
    throw new CommandParseError(output.command, 'it is not JSON.', shown, isSecret ? undefined : error);
  }
  if (codec.is(value)) return value;
  const { path, problem } = describeProblem(codec, value);
  throw new CommandParseError(output.command, `${path === '' ? 'the document' : path}: ${problem}.`, shown);
}
