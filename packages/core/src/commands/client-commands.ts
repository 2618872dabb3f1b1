import { preflight$ } from '../preflight/preflight.js';
import { sessions$ } from '../sessions/sessions.js';
import { apply$ } from './apply.js';
import { ensureApiKeyLogin$, ensureChatGptLogin$ } from './auth/ensure-login.js';
import { login$ } from './auth/login.js';
import { loginStatus$ } from './auth/login-status.js';
import { logout$ } from './auth/logout.js';
import { generateAppServerBindings$ } from './bindings.js';
import { cloudApply$ } from './cloud/cloud-apply.js';
import { cloudDiff$ } from './cloud/cloud-diff.js';
import { cloudExec$ } from './cloud/cloud-exec.js';
import { cloudList$ } from './cloud/cloud-list.js';
import { cloudStatus$ } from './cloud/cloud-status.js';
import { command$ } from './command.js';
import { debug$ } from './debug.js';
import { doctor$ } from './doctor.js';
import { checkExecPolicy$ } from './exec-policy/check-exec-policy.js';
import { features$ } from './features/features.js';
import { disableFeature$, enableFeature$ } from './features/set-feature.js';
import { help$ } from './help.js';
import { mcpAdd$ } from './mcp/mcp-add.js';
import { mcpGet$ } from './mcp/mcp-get.js';
import { mcpList$ } from './mcp/mcp-list.js';
import { mcpLogin$ } from './mcp/mcp-login.js';
import { mcpLogout$ } from './mcp/mcp-logout.js';
import { mcpRemove$ } from './mcp/mcp-remove.js';
import { openResponsesApiProxy, responsesApiProxy$ } from './resources/responses-api-proxy.js';
import { openStdioToUds, stdioToUds$ } from './resources/stdio-to-uds.js';
import { sandbox$ } from './sandbox.js';
import { version$ } from './version.js';

/** What a client can do besides runs: each takes one request, and the client's options are laid under it. */
const commands = {
  apply$,
  cloudExec$,
  cloudList$,
  cloudStatus$,
  cloudDiff$,
  cloudApply$,
  features$,
  enableFeature$,
  disableFeature$,
  sandbox$,
  checkExecPolicy$,
  mcpList$,
  mcpGet$,
  mcpAdd$,
  mcpRemove$,
  mcpLogin$,
  mcpLogout$,
  loginStatus$,
  login$,
  logout$,
  ensureApiKeyLogin$,
  ensureChatGptLogin$,
  generateAppServerBindings$,
  version$,
  preflight$,
  sessions$,
  help$,
  doctor$,
  debug$,
  command$,
  responsesApiProxy$,
  openResponsesApiProxy,
  stdioToUds$,
  openStdioToUds,
};

/** The one-shot commands, with their own signatures. */
export type CommandMethods = Readonly<typeof commands>;

type AnyCommand = (request: object) => unknown;

/** The commands, each of whose requests is filled in first. */
export function bindCommands(fill: (request: object) => object): CommandMethods {
  const entries = Object.entries(commands as unknown as Record<string, AnyCommand>);
  return Object.fromEntries(
    entries.map(([name, command]) => [name, (request: object = {}) => command(fill(request))]),
  ) as unknown as CommandMethods;
}
