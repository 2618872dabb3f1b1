import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { CommandOptions } from '@codex-rx/core/commands';

const folders = new Set<string>();

/** A folder below the user's cache: in the temporary one the CLI warns about its home. */
export function privateFolder(): string {
  const parent = join(homedir(), '.cache', 'codex-rx');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'commands-'));
  folders.add(folder);
  return folder;
}

/** The real CLI with a home of its own, logged out, that can reach nothing but this machine. */
export function realCli(
  config = '',
): CommandOptions & { readonly codexHome: string; readonly workingDirectory: string } {
  const folder = privateFolder();
  const codexHome = join(folder, 'home');
  const workingDirectory = join(folder, 'work');
  mkdirSync(codexHome, { mode: 0o700 });
  mkdirSync(workingDirectory);
  writeFileSync(join(codexHome, 'config.toml'), `${config}\n[features]\nplugins = false\n`);
  const nowhere = 'http://127.0.0.1:9';
  return {
    codexHome,
    workingDirectory,
    env: {
      HTTP_PROXY: nowhere,
      HTTPS_PROXY: nowhere,
      ALL_PROXY: nowhere,
      NO_PROXY: '127.0.0.1,localhost',
      CODEX_API_KEY: undefined,
      OPENAI_API_KEY: undefined,
      BROWSER: '/bin/false',
      DISPLAY: undefined,
    },
  };
}

export function removeFolders(): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  folders.clear();
}
