import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProcesses, livingPids } from '@codex-rx/testing/processes';

const variable = 'MAIN_JOB_TEST';

export interface Job {
  readonly pid: number;
  /** The output so far. */
  stdout(): string;
  /** The exit code, when it has ended. */
  readonly ended: Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>;
  /** Processes and files that the job created. */
  leftovers(): readonly string[];
  remove(): void;
}

export interface JobOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** A shell's command around the job, which it calls as `$0 "$@"`. */
  readonly shell?: string;
}

/** `npm start -- …` in this clone, but for npm. Its temporary folder is its own, so that all that it leaves is seen. */
export function startJob(clone: string, { args = [], env = {}, shell }: JobOptions = {}): Job {
  const mark = randomUUID();
  const temporary = mkdtempSync(join(tmpdir(), 'main-job-test-'));
  const job = [process.execPath, join(clone, 'scripts', 'start.mjs'), ...args] as const;
  const [program, ...argv] = shell === undefined ? job : (['bash', '-c', shell, ...job] as const);
  const child = spawn(program, argv, {
    cwd: clone,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      CODEX_BINARY: undefined,
      INIT_CWD: undefined,
      // Node takes any terminal of a CI for one without colours.
      CI: undefined,
      TMPDIR: temporary,
      TEMP: temporary,
      TMP: temporary,
      ...env,
      [variable]: mark,
    },
  });
  const pid = child.pid ?? 0;
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended: Job['ended'] = new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => {
      resolve({ code, stdout, stderr });
    });
  });
  return {
    pid,
    stdout: () => stdout,
    ended,
    leftovers: () => [
      ...livingPids([pid]).map((alive) => `process ${String(alive)}`),
      ...findProcesses(variable, mark).map((alive) => `process ${String(alive)}`),
      ...filesIn(temporary),
      ...homesOf(pid),
    ],
    remove: () => {
      for (const left of new Set([...livingPids([pid]), ...findProcesses(variable, mark)]))
        process.kill(left, 'SIGKILL');
      rmSync(temporary, { recursive: true, force: true });
    },
  };
}

/** But for the empty folder in which the runs of a user are registered while they live. */
function filesIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((path) => !(/codex-rx-[^-]+$/.test(path) && readdirSync(path).length === 0));
}

/** Homes of scripted models are named after the process that made them. */
function homesOf(pid: number): readonly string[] {
  const folder = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'codex-rx', 'models');
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => name.startsWith(`${String(pid)}-`));
}
