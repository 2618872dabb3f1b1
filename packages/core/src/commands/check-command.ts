import { RequestError } from '../errors/index.js';
import { checkList, checkMultiline } from '../request/checks.js';
import { assignsSecret } from '../secrets/secret-names.js';
import { containsSecretText } from '../secrets/secret-text.js';

/** Words of a program to run. They end up in a command line, which every process of the machine can read. */
export function checkCommand(field: string, command: readonly string[]): void {
  checkWords(field, command);
  if (command.length === 0) throw new RequestError(field, 'is empty. Name the program, then its arguments.');
  if (command[0]?.trim() === '') throw new RequestError(`${field}[0]`, 'is blank. Name the program to run.');
}

export function checkWords(field: string, words: readonly string[]): void {
  checkList(field, words, checkMultiline);
  words.forEach((word, index) => {
    if (containsSecretText(word) || assignsSecret(word, words[index - 1])) {
      throw new RequestError(
        `${field}[${index}]`,
        'looks like a secret, and would be visible to every process in the command line. Pass it in `env`, or in a file.',
      );
    }
  });
}
