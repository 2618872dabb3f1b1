import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findProcesses, isAlive, waitUntil } from '@codex-rx/testing/processes';
import { startTimeOf } from '../../src/process/process-state.js';
import { createRunId } from '../../src/process/run-id.js';
import { RunProcesses } from '../../src/process/run-processes.js';
import { sweep, sweepSync } from '../../src/process/sweep.js';

const VARIABLE = 'CODEX_RX_RUN_ID';
const DAEMON = `
if os.fork(): os._exit(0)
os.setsid()
if os.fork(): os._exit(0)
`;
const REPORT = `
def report():
    with open(sys.argv[1], 'a') as file: file.write(str(os.getpid()) + '\\n')
`;
/** Ends the main thread by the system call `exit` while another thread sleeps. */
const END_MAIN_THREAD = `
threading.Thread(target=time.sleep, args=(300,)).start()
report()
ctypes.CDLL(None).syscall(60, 0)
`;
const SLEEP = `
report()
time.sleep(300)
`;
const programs: Readonly<Record<string, string>> = {
  'a child whose main thread has ended': END_MAIN_THREAD,
  'a daemon whose main thread has ended': DAEMON + END_MAIN_THREAD,
  'a daemon': DAEMON + SLEEP,
  'a daemon that changes its pid every millisecond': `${DAEMON}
for _ in range(20000):
    if os.fork(): os._exit(0)
    report()
    time.sleep(0.001)
`,
  'a daemon that executes itself again and again': `${DAEMON}
report()
os.execv('/bin/sh', ['/bin/sh', sys.argv[2]])
`,
  'a daemon with a child that clears its environment': `${DAEMON}
if os.fork() == 0:
    report()
    os.execve('/bin/sleep', ['sleep', '300'], {})
${SLEEP}`,
};

let folder: string;
let id: string;
beforeEach(() => {
  folder = mkdtempSync(join(os.tmpdir(), 'rx-hidden-'));
  id = createRunId();
});
afterEach(() => {
  for (const pid of pids()) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const file = (): string => join(folder, 'pids');
/** All pids that the program has had. The file is empty for a moment. */
const pids = (): number[] =>
  existsSync(file()) ? readFileSync(file(), 'utf8').split('\n').filter(Boolean).map(Number) : [];

/** Starts a Python program as the process of a run. Resolves when the program has reported its pid. */
async function start(program: string): Promise<RunProcesses> {
  const again = join(folder, 'again.sh');
  writeFileSync(again, 'exec /bin/sh "$0"');
  const code = `import ctypes, os, sys, threading, time\n${REPORT}${program}`;
  const root = spawn('python3', ['-c', code, file(), again], {
    detached: true,
    stdio: 'ignore',
    env: { ...process.env, [VARIABLE]: id },
  });
  const pid = root.pid ?? 0;
  const processes = new RunProcesses({ pid, startTime: startTimeOf(pid) }, id);
  const isDaemon = program.startsWith(DAEMON);
  if (isDaemon) await once(root, 'exit');
  await waitUntil(() => pids().length > 0);
  // Not before the main thread has ended.
  if (program.endsWith(END_MAIN_THREAD))
    await waitUntil(() => readFileSync(`/proc/${pids()[0] ?? 0}/stat`, 'latin1').includes(') Z '));
  if (!isDaemon) processes.snapshotDescendants();
  return processes;
}

/** A process that changes its pid can be absent from a list, but reports each pid. */
async function expectNothing(): Promise<void> {
  const reported = pids();
  expect(findProcesses(VARIABLE, id)).toEqual([]);
  expect(reported.filter(isAlive)).toEqual([]);
  await delay(20);
  expect(pids()).toEqual(reported);
}

const hasPython = process.platform === 'linux' && process.arch === 'x64' && spawnSync('python3', ['-V']).status === 0;

(hasPython ? describe : describe.skip)('the sweep of a run kills', () => {
  const daemons = Object.entries(programs).filter(([, program]) => program.startsWith(DAEMON));

  it.each(daemons)('%s', async (_name, program) => {
    const processes = await start(program);
    expect(await sweep(processes, { includeDetached: true })).toEqual([]);
    await expectNothing();
  });

  it.each(daemons)('%s, while the host exits', async (_name, program) => {
    const processes = await start(program);
    expect([...sweepSync([processes])]).toEqual([]);
    await expectNothing();
  });

  it('a root whose main thread has ended, by its group', async () => {
    const processes = await start(programs['a child whose main thread has ended'] ?? '');
    expect(processes.signal('SIGKILL', 'group')).toBe(true);
    await waitUntil(() => !pids().some(isAlive));
    expect(await sweep(processes, { includeDetached: true })).toEqual([]);
  });
});
