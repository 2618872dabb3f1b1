// A network namespace that has loopback only: what runs inside reaches nothing but this machine.
import { spawnSync } from 'node:child_process';
import { networkInterfaces } from 'node:os';
import process from 'node:process';

/** How to enter such a namespace: as root directly, else as root of a user namespace. */
const candidates = [
  ['unshare', '--net'],
  ['unshare', '--user', '--map-root-user', '--net'],
];
const bringUp = '(ip link set lo up || ifconfig lo up) 2>/dev/null';

/** Whether this process is in one already. */
export function isLoopbackOnly() {
  return Object.values(networkInterfaces())
    .flat()
    .every((address) => address.internal);
}

/** The command that runs `command` in one; `undefined` where the system does not allow it. */
export function inLoopbackOnly(command) {
  const enter = candidates.find(
    ([program, ...args]) =>
      process.platform === 'linux' &&
      spawnSync(program, [...args, 'sh', '-c', bringUp], { stdio: 'ignore' }).status === 0,
  );
  return enter && [...enter, 'sh', '-c', `${bringUp}; exec "$@"`, 'sh', ...command];
}
