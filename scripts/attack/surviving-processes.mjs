// Processes of the agent that hide from the end of their run.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { attack, expect, folder, host, isAlive, kill, on, pidIn, shellCli, skip, until } from '../lib/attack.mjs';

/** Runs `script` in the agent's turn, unsubscribes when it wrote its pid, and looks for that process. */
async function hides(script, { isTurnOver = false, cure = true } = {}) {
  const at = folder('agent');
  const pidFile = join(at, 'pid');
  const binary = shellCli(`cat > /dev/null; PID=${pidFile}; thread; turn; ${script}
    while [ ! -s ${pidFile} ]; do sleep 0.02; done; ${isTurnOver ? 'done_; exit 0' : 'sleep 60'}`);
  const code = `const told = [];
    const { subscribe } = await import('node:diagnostics_channel');
    subscribe('codex-rx:leftover', () => told.push('leftover'));
    const subscription = exec$({ binary, prompt: 'x', workingDirectory: at, terminateGrace: 300, reapAfterTurn: true }).subscribe({ error: () => {}, complete: () => {} });
    await until(() => fs.existsSync(pidFile) && fs.statSync(pidFile).size > 1); await sleep(300);
    subscription.unsubscribe(); await whenIdle(); await sleep(200); say(told);`;
  const running = host(code, { args: { binary, at, pidFile }, timeout: 20_000 });
  await pidIn(pidFile);
  const { values, isFrozen } = await running;
  // A process that changes its pid writes each pid.
  const pids = readFileSync(pidFile, 'utf8').trim().split('\n').map(Number);
  const isGone = await until(() => !isAlive(pids.at(-1)), 1500);
  for (const pid of pids.slice(-50)) kill(pid);
  expect(!isFrozen, 'the host froze');
  if (!isGone && !cure) return 'it lives, as documented';
  const isReported = JSON.stringify(values).includes('leftover');
  expect(isGone, isReported ? 'it lives, and was reported' : 'it lives, and was not reported');
}

const hasPerl = spawnSync('perl', ['-Mthreads', '-e', '1']).status === 0;
const perl = (code) => (hasPerl ? `perl -e '${code}' &` : skip('there is no Perl with threads'));

await attack(on.linux, {
  'it ignores all signals': () =>
    hides(`sh -c 'trap "" INT TERM HUP QUIT; echo $$ > '$PID'; while :; do sleep 1; done' &`),
  'a daemon in a session of its own': () =>
    hides(`setsid -f sh -c 'echo $$ > '$PID'; exec sleep 60' > /dev/null 2>&1 < /dev/null`),
  'a daemon that outlives the turn': () =>
    hides(`setsid -f sh -c 'echo $$ > '$PID'; exec sleep 60' > /dev/null 2>&1 < /dev/null`, { isTurnOver: true }),
  'it stopped itself': () => hides(`sh -c 'echo $$ > '$PID'; kill -STOP $$' &`),
  'a child whose main thread has exited': () =>
    process.arch === 'x64'
      ? hides(
          perl(
            `use threads; threads->create(sub { sleep 60 })->detach; open F, ">", $ENV{P}; print F "$$\\n"; close F; syscall(60, 0)`,
          ).replace('perl', `P=$PID perl`),
        )
      : skip('the number of the system call is known for x64 only'),
  'a daemon whose main thread has exited': () =>
    process.arch === 'x64'
      ? hides(
          perl(
            `use threads; use POSIX; fork and exit; POSIX::setsid(); fork and exit; threads->create(sub { sleep 60 })->detach; open F, ">", $ENV{P}; print F "$$\\n"; close F; syscall(60, 0)`,
          ).replace('perl', `P=$PID perl`),
        )
      : skip('the number of the system call is known for x64 only'),
  'it forks and exits every millisecond': () =>
    hides(
      perl(
        `$| = 1; for (1..20000) { my $p = fork; if ($p) { exit } open F, ">>", $ENV{P}; print F "$$\\n"; close F; select undef, undef, undef, 0.001 }`,
      ).replace('perl', 'P=$PID perl'),
    ),
  'its tree restarts its members': () =>
    hides(`cat > watch.sh <<'END'
echo $$ > "$1"
while :; do sh -c 'sleep 60' & wait $!; done
END
(while :; do sh watch.sh $PID; done) &`),
  'a daemon with an empty environment': () =>
    hides(`env -i setsid -f sh -c 'echo $$ > '$PID'; exec sleep 60' > /dev/null 2>&1 < /dev/null`, { cure: false }),
  'a daemon that overwrites its environment by a title': () =>
    hides(
      perl(
        `use POSIX; fork and exit; POSIX::setsid(); fork and exit; $0 = "x" x 8000; open F, ">", $ENV{P}; print F "$$\\n"; close F; sleep 60`,
      ).replace('perl', 'P=$PID perl'),
      { cure: false },
    ),
});
