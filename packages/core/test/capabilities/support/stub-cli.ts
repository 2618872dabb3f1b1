import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The answer of a command that does not exit. */
export const HANG = Symbol('hang');

/** The output and the exit code of a command, and the seconds before. */
export type Answer =
  | string
  | { readonly stdout?: string; readonly exit?: number; readonly sleep?: number }
  | typeof HANG;

export interface StubCli {
  readonly folder: string;
  readonly binary: string;
  /** The arguments of every call. */
  calls(): string[];
  /** Writes the program again, which changes its fingerprint. */
  answer(answers: Readonly<Record<string, Answer>>): void;
}

const folders = new Set<string>();

/** A shell script that prints one text for each command line, or start of one (`exec *`), and fails for any other. */
export function stubCli(answers: Readonly<Record<string, Answer>>, name = 'codex'): StubCli {
  const folder = mkdtempSync(join(tmpdir(), 'codex-rx-stub-'));
  folders.add(folder);
  const binary = join(folder, name);
  const log = join(folder, 'calls.log');
  let texts = 0;
  const stub: StubCli = {
    folder,
    binary,
    calls: () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').sort() : []),
    answer: (next) => {
      const cases = Object.entries(next).map(([args, answer]) => {
        const pattern = args.endsWith('*') ? `'${args.slice(0, -1)}'*` : `'${args}'`;
        if (answer === HANG) return `${pattern}) exec sleep 60 ;;`;
        const { stdout = '', exit = 0, sleep = 0 } = typeof answer === 'string' ? { stdout: answer } : answer;
        texts += 1;
        mkdirSync(join(folder, 'texts'), { recursive: true });
        const file = join(folder, 'texts', String(texts));
        writeFileSync(file, stdout);
        const pause = sleep === 0 ? '' : `sleep ${String(sleep)}; `;
        return `${pattern}) ${pause}cat '${file}'; exit ${String(exit)} ;;`;
      });
      writeFileSync(binary, `#!/bin/sh\necho "$*" >> '${log}'\ncase "$*" in\n${cases.join('\n')}\nesac\nexit 2\n`);
      chmodSync(binary, 0o755);
    },
  };
  stub.answer(answers);
  return stub;
}

export function removeStubs(): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  folders.clear();
}

/** A completion script with these commands: `{ '': '--help exec', exec: '--json PROMPT' }`. */
export function completionScript(commands: Readonly<Record<string, string>>): string {
  const id = (path: string): string => ['codex', ...path.split(' ').filter((word) => word !== '')].join('__');
  const steps = Object.keys(commands)
    .filter((path) => path !== '')
    .map((path) => {
      const words = path.split(' ');
      return `            ${id(words.slice(0, -1).join(' '))},${words.at(-1) ?? ''})\n                cmd="${id(path)}"\n`;
    });
  const options = Object.entries(commands).map(([path, opts]) => `        ${id(path)})\n            opts="${opts}"\n`);
  return `_codex() {\n${steps.join('')}${options.join('')}}\n`;
}
