import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { fakeCodex } from '../fake/fake-codex.js';
import { findProcesses } from '../processes/find-processes.js';
import { livingPids } from '../processes/is-alive.js';
import type { CaseFolders, CaseSpec } from './case-spec.js';

/** The variable by which everything that comes of a case is found. */
const MARK = 'CODEX_RX_CONFORMANCE';

/** The files and the CLI of one case. */
export interface CaseSandbox extends CaseFolders {
  readonly binary: string;
  /** For the environment of the host. */
  readonly env: Readonly<Record<string, string>>;
  /** Living processes of the case. */
  living(except: number): number[];
  leftFiles(): string[];
  close(): Promise<void>;
}

export function openSandbox(spec: CaseSpec): CaseSandbox {
  const folder = mkdtempSync(join(tmpdir(), 'codex-rx-fault-'));
  const tmp = join(folder, 'tmp');
  const cwd = join(folder, 'cwd');
  mkdirSync(tmp);
  mkdirSync(cwd);
  const fake = 'shell' in spec.cli ? undefined : fakeCodex(spec.cli);
  const binary = 'shell' in spec.cli ? shellProgram(folder, spec.cli.shell) : (fake?.binary ?? '');
  const living = (except: number): number[] => {
    const pids = new Set([...findProcesses(MARK, folder), ...livingPids(fake?.pids() ?? [])]);
    return [...pids].filter((pid) => pid !== except && pid !== process.pid);
  };
  return {
    folder,
    tmp,
    cwd,
    binary,
    env: { [MARK]: folder, TMPDIR: tmp, TMP: tmp, TEMP: tmp },
    living,
    // The folder in which runs are recorded stays; nothing may be in it.
    leftFiles: () => [...listed(tmp).filter((name) => name !== registry()), ...listed(join(tmp, registry()))],
    async close() {
      for (const pid of living(0)) end(pid);
      await fake?.dispose();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

const registry = (): string => `codex-rx-${process.getuid?.() ?? userInfo().username}`;

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function shellProgram(folder: string, body: string): string {
  const binary = join(folder, 'codex');
  // It is asked for its version by some.
  writeFileSync(binary, `#!/bin/sh\nif [ "$1" = --version ]; then echo codex-cli 0.171.0; exit 0; fi\n${body}\n`);
  chmodSync(binary, 0o700);
  return binary;
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone.
  }
}
