import { apply$ } from '../commands/apply.js';
import { ensureApiKeyLogin$, ensureChatGptLogin$ } from '../commands/auth/ensure-login.js';
import { login$ } from '../commands/auth/login.js';
import { loginStatus$ } from '../commands/auth/login-status.js';
import { logout$ } from '../commands/auth/logout.js';
import { generateAppServerBindings$ } from '../commands/bindings.js';
import { cloudApply$ } from '../commands/cloud/cloud-apply.js';
import { cloudDiff$ } from '../commands/cloud/cloud-diff.js';
import { cloudExec$ } from '../commands/cloud/cloud-exec.js';
import { cloudList$ } from '../commands/cloud/cloud-list.js';
import { cloudStatus$ } from '../commands/cloud/cloud-status.js';
import { command$ } from '../commands/command.js';
import { debug$ } from '../commands/debug.js';
import { doctor$ } from '../commands/doctor.js';
import { checkExecPolicy$ } from '../commands/exec-policy/check-exec-policy.js';
import { features$ } from '../commands/features/features.js';
import { disableFeature$, enableFeature$ } from '../commands/features/set-feature.js';
import { help$ } from '../commands/help.js';
import { mcpAdd$ } from '../commands/mcp/mcp-add.js';
import { mcpGet$ } from '../commands/mcp/mcp-get.js';
import { mcpList$ } from '../commands/mcp/mcp-list.js';
import { mcpLogin$ } from '../commands/mcp/mcp-login.js';
import { mcpLogout$ } from '../commands/mcp/mcp-logout.js';
import { mcpRemove$ } from '../commands/mcp/mcp-remove.js';
import { openResponsesApiProxy, responsesApiProxy$ } from '../commands/resources/responses-api-proxy.js';
import { openStdioToUds, stdioToUds$ } from '../commands/resources/stdio-to-uds.js';
import { sandbox$ } from '../commands/sandbox.js';
import { version$ } from '../commands/version.js';
import { preflight$ } from '../preflight/preflight.js';
import { sessions$ } from '../sessions/sessions.js';

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
