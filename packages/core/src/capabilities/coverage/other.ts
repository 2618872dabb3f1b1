import { passThrough, unsupported } from './build.js';
import type { CommandCoverage } from './types.js';

const TERMINAL = 'It is interactive and needs a terminal.';
const INTERNAL = 'The CLI starts it itself.';

/** Options of the interactive CLI. */
const INTERACTIVE =
  '--remote --remote-auth-token-env --strict-config --image --model --oss --local-provider --profile --sandbox ' +
  '--dangerously-bypass-hook-trust --cd --worktree --add-dir --dangerously-bypass-approvals-and-sandbox ' +
  '--approve-for-me --ask-for-approval --search --no-alt-screen --no-daemon --version PROMPT';
/** Options of commands on saved sessions. */
const SESSION =
  '--remote --remote-auth-token-env --image --model --oss --local-provider --profile --sandbox --approve-for-me ' +
  '--dangerously-bypass-approvals-and-sandbox --dangerously-bypass-hook-trust --cd --worktree --add-dir --strict-config';
const EXEC_SERVER =
  '--strict-config --linux-sandbox-pid-namespace --linux-sandbox-transparent-tcp --tcp-upstream-proxy ' +
  '--proxy-private-ips-via-upstream --remote --remote-transport --environment-id --name --use-agent-identity-auth ' +
  '--registration-bearer-stdin --executor-credential-stdin --aws-sigv4 --aws-profile --aws-region --aws-service ' +
  '--exit-on-stdin-close';

/** Commands without a function of their own. */
export const otherCommands: readonly CommandCoverage[] = [
  unsupported('', TERMINAL, INTERACTIVE),
  unsupported('resume', TERMINAL, `${INTERACTIVE} --last --all --include-non-interactive SESSION_ID`),
  unsupported('fork', TERMINAL, `${INTERACTIVE} --last --all SESSION_ID`),
  unsupported('agents', TERMINAL, '--no-daemon --remote --remote-auth-token-env --cd --no-alt-screen'),
  unsupported('cloud', TERMINAL, '--version'),
  unsupported('app-server daemon pid-update-loop', INTERNAL, '--check-package-ownership --restore-release'),
  unsupported('app-server generate-internal-json-schema', INTERNAL, '--out'),
  unsupported('git-credential', INTERNAL, 'OPERATION'),
  unsupported('tcp-tunnel', INTERNAL, '--proxy-url --environment-id --port --target --token-file'),

  passThrough('review', '--strict-config --trust --uncommitted --base --commit --title PROMPT'),
  passThrough('archive', `${SESSION} SESSION`),
  passThrough('unarchive', `${SESSION} SESSION`),
  passThrough('delete', `${SESSION} --force SESSION`),
  passThrough('queue', `${SESSION} --thread --message --resume`),
  passThrough('migrate-rollouts', '--apply --thread --max-mib-per-second --json --verbose'),
  passThrough('migrate-nfs-db', '--staging-dir'),
  passThrough('update'),

  passThrough(
    'exec-server',
    `${EXEC_SERVER} --concurrent-requests --listen --ws-auth --ws-token-file --ws-token-sha256 --ws-shared-secret-file --ws-issuer --ws-audience --ws-max-clock-skew-seconds --chatgpt-token-stdin --chatgpt-account-id`,
  ),
  passThrough('exec-server forward', `${EXEC_SERVER} --connect`),
  passThrough('remote-control', '--json --no-daemon'),
  passThrough('remote-control pair', '--json'),
  passThrough('remote-control start', '--json'),
  passThrough('remote-control stop', '--json'),

  passThrough('app-server daemon'),
  passThrough('app-server daemon bootstrap', '--remote-control'),
  passThrough('app-server daemon disable-remote-control'),
  passThrough('app-server daemon enable-remote-control'),
  passThrough('app-server daemon restart'),
  passThrough('app-server daemon start'),
  passThrough('app-server daemon stop'),
  passThrough('app-server daemon update', '--from-cli --yes'),
  passThrough('app-server daemon version'),

  passThrough('debug'),
  passThrough('debug app-server'),
  passThrough('debug app-server send-message-v2', 'USER_MESSAGE'),
  passThrough('debug clear-memories'),
  passThrough('debug trace-reduce', '--output TRACE_BUNDLE'),
  passThrough('execpolicy'),
  passThrough('features'),
  passThrough('mcp'),
  passThrough('plugin'),
  passThrough('plugin marketplace'),
  passThrough('sandbox uninstall'),
];
