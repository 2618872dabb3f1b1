import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { fakeCodex } from '../fake/fake-codex.js';
import { findProcesses } from '../processes/find-processes.js';
import { livingPids } from '../processes/is-alive.js';
import type { CaseFolders, CaseSpec } from './case-spec.js';

/** The environment variable that identifies the processes of a case. */
const MARK = 'CODEX_RX_CONFORMANCE';

/** The files and the CLI of one case. */
export interface CaseSandbox extends CaseFolders {
  readonly binary: string;
  /** Environment variables of the host. */
  readonly env: Readonly<Record<string, string>>;
  /** Returns the living processes of the case, except the host. */
  living(hostPid: number): number[];
  /** Returns the temporary files that the run did not remove. */
  leftFiles(): string[];
  /** Kills the processes of the case and removes its files. */
  close(): Promise<void>;
}

/** Creates the files and the CLI of a case in a private temporary folder. */
export function openSandbox(spec: CaseSpec): CaseSandbox {
  const folder = mkdtempSync(join(tmpdir(), 'codex-rx-fault-'));
  const tmp = join(folder, 'tmp');
  const cwd = join(folder, 'cwd');
  mkdirSync(tmp);
  mkdirSync(cwd);
  const fake = 'shell' in spec.cli ? undefined : fakeCodex(spec.cli);
  const binary = 'shell' in spec.cli ? shellProgram(folder, spec.cli.shell) : (fake?.binary ?? '');
  const living = (hostPid: number): number[] => {
    const pids = new Set([...findProcesses(MARK, folder), ...livingPids(fake?.pids() ?? [])]);
    return [...pids].filter((pid) => pid !== hostPid && pid !== process.pid);
  };
  return {
    folder,
    tmp,
    cwd,
    binary,
    env: { [MARK]: folder, TMPDIR: tmp, TMP: tmp, TEMP: tmp },
    living,
    // The folder of the run registry stays, but must be empty.
    leftFiles: () => [
      ...listFiles(tmp).filter((name) => name !== registryName()),
      ...listFiles(join(tmp, registryName())),
    ],
    async close() {
      for (const pid of living(0)) kill(pid);
      await fake?.dispose();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

const registryName = (): string => `codex-rx-${process.getuid?.() ?? userInfo().username}`;

function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function shellProgram(folder: string, body: string): string {
  const binary = join(folder, 'codex');
  // Some clients ask for the version first.
  writeFileSync(binary, `#!/bin/sh\nif [ "$1" = --version ]; then echo codex-cli 0.171.0; exit 0; fi\n${body}\n`);
  chmodSync(binary, 0o700);
  return binary;
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // The process has exited.
  }
}
