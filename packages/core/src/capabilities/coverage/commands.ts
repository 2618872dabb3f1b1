import { explicit } from './build.js';
import type { CommandCoverage } from './types.js';

/** Commands with a function of their own. */
export const typedCommands: readonly CommandCoverage[] = [
  explicit('login', 'login$', {
    explicit: '--with-api-key --with-access-token --device-auth --experimental_issuer',
    passThrough: '--api-key --experimental_client-id',
  }),
  explicit('login status', 'loginStatus$'),
  explicit('logout', 'logout$'),
  explicit('apply', 'apply$', { explicit: 'TASK_ID' }),
  explicit('completion', 'probeCapabilities$', { explicit: 'SHELL' }),
  explicit('doctor', 'doctor$', {
    explicit: '--json',
    passThrough: '--probe-filesystem-path --network-only --feedback --summary --all --no-color --ascii',
  }),
  explicit('sandbox', 'sandbox$', {
    explicit: '--permission-profile --profile=profile --include-managed-config --cd=workingDirectory COMMAND',
    passThrough: '--transparent-tcp --sandbox-state-json --sandbox-state-readable-root --sandbox-state-disable-network',
  }),
  explicit('execpolicy check', 'checkExecPolicy$', {
    explicit: '--rules --resolve-host-executables COMMAND',
    passThrough: '--pretty',
  }),
  explicit('responses-api-proxy', 'responsesApiProxy$', {
    explicit: '--port --server-info --http-shutdown --upstream-url',
    passThrough:
      '--dump-dir --github-oidc --oidc-audience --identity-provider-id --service-account-id --github-oidc-request-url',
  }),
  explicit('debug models', 'debug$', { explicit: '--bundled' }),
  explicit('debug prompt-input', 'debug$', { explicit: '--image PROMPT' }),

  explicit('features list', 'features$'),
  explicit('features enable', 'enableFeature$', { explicit: 'FEATURE' }),
  explicit('features disable', 'disableFeature$', { explicit: 'FEATURE' }),

  explicit('cloud list', 'cloudList$', { explicit: '--env --limit --cursor --json' }),
  explicit('cloud exec', 'cloudExec$', { explicit: '--env --attempts --branch QUERY' }),
  explicit('cloud status', 'cloudStatus$', { explicit: 'TASK_ID' }),
  explicit('cloud diff', 'cloudDiff$', { explicit: '--attempt TASK_ID' }),
  explicit('cloud apply', 'cloudApply$', { explicit: '--attempt TASK_ID' }),

  explicit('mcp list', 'mcpList$', { explicit: '--json' }),
  explicit('mcp get', 'mcpGet$', { explicit: '--json NAME' }),
  explicit('mcp add', 'mcpAdd$', {
    explicit: '--env --url --bearer-token-env-var NAME COMMAND',
    passThrough: '--oauth-client-id --oauth-client-secret --oauth-client-registration --oauth-resource',
  }),
  explicit('mcp remove', 'mcpRemove$', { explicit: 'NAME' }),
  explicit('mcp login', 'mcpLogin$', {
    explicit: '--scopes NAME',
    passThrough: '--no-browser --oauth-client-registration',
  }),
  explicit('mcp logout', 'mcpLogout$', { explicit: 'NAME' }),

  explicit('plugin list', 'pluginList$', { explicit: '--marketplace --json --available' }),
  explicit('plugin add', 'pluginAdd$', { explicit: '--marketplace --json PLUGIN' }),
  explicit('plugin remove', 'pluginRemove$', { explicit: '--marketplace --json PLUGIN' }),
  explicit('plugin marketplace list', 'marketplaceList$', { explicit: '--json' }),
  explicit('plugin marketplace add', 'marketplaceAdd$', { explicit: '--ref --sparse --json SOURCE' }),
  explicit('plugin marketplace remove', 'marketplaceRemove$', { explicit: '--json MARKETPLACE_NAME' }),
  explicit('plugin marketplace upgrade', 'marketplaceUpgrade$', { explicit: '--json MARKETPLACE_NAME' }),

  explicit('app-server', 'appServer$', {
    explicit: '--analytics-default-enabled',
    passThrough:
      '--startup-sign-out --print-startup-config --startup-client-info --cloud-skills-snapshot --code-mode-host ' +
      '--strict-config --listen --stdio --remote-control --managed-daemon --plugin-mcp-launch-cwd --mcp-launch-cwd ' +
      '--ws-auth --ws-token-file --ws-token-sha256 --ws-shared-secret-file --ws-issuer --ws-audience ' +
      '--ws-max-clock-skew-seconds',
  }),
  explicit('app-server generate-ts', 'generateAppServerBindings$', { explicit: '--out --prettier --experimental' }),
  explicit('app-server generate-json-schema', 'generateAppServerBindings$', { explicit: '--out --experimental' }),
  explicit('app-server proxy', 'stdioToUds$', { explicit: '--sock' }),
];
