import { RequestError } from '../errors/index.js';
import { checkList, checkMultiline } from '../request/checks.js';
import { containsSecret, isSecretKey } from '../secrets/secrets.js';

/** Words of a program to run. They end up in a command line, which every process of the machine can read. */
export function checkCommand(field: string, command: readonly string[]): void {
  checkWords(field, command);
  if (command.length === 0) throw new RequestError(field, 'is empty. Name the program, then its arguments.');
  if (command[0]?.trim() === '') throw new RequestError(`${field}[0]`, 'is blank. Name the program to run.');
}

export function checkWords(field: string, words: readonly string[]): void {
  checkList(field, words, checkMultiline);
  words.forEach((word, index) => {
    const before = words[index - 1];
    const isValueOfSecret = before?.startsWith('-') === true && !word.startsWith('-') && isSecretKey(before);
    const assigned = /^(-{0,2}[\w.-]+)=(.+)$/s.exec(word);
    if (containsSecret(word) || isValueOfSecret || (assigned?.[1] !== undefined && isSecretKey(assigned[1]))) {
      throw new RequestError(
        `${field}[${index}]`,
        'looks like a secret, and would be visible to every process in the command line. Pass it in `env`, or in a file.',
      );
    }
  });
}
