import type { ConfigTable } from '../../request/types.js';
import { TOOLS_SERVER } from '../../request/validate-tools.js';

/** The variable with the token, which must not be in the arguments. */
const TOKEN_VARIABLE = 'CODEX_RX_TOOLS_TOKEN';
/** In s: the tools have a timeout of their own. */
const TOOL_TIMEOUT = 1_000_000;

/** Settings with which the CLI uses the server of the tools. */
export function hostSettings(url: string): ConfigTable {
  return {
    mcp_servers: {
      [TOOLS_SERVER]: {
        url,
        bearer_token_env_var: TOKEN_VARIABLE,
        // The first turn of newer versions does not wait for other servers.
        required: true,
        tool_timeout_sec: TOOL_TIMEOUT,
        default_tools_approval_mode: 'approve',
        supports_parallel_tool_calls: true,
      },
    },
  };
}

const PROXY = /^(?:https?|all)_proxy$/i;

/** Variables for the CLI: the token, and with a proxy the exception for the server. */
export function hostEnvironment(
  env: Readonly<Record<string, string>>,
  { hostname, token }: { readonly hostname: string; readonly token: string },
): Readonly<Record<string, string>> {
  const hasProxy = Object.keys(env).some((name) => PROXY.test(name));
  const exceptions = hasProxy ? ['NO_PROXY', 'no_proxy'] : [];
  const current = env.NO_PROXY ?? env.no_proxy ?? '';
  const list = current === '' ? hostname : `${current},${hostname}`;
  return { [TOKEN_VARIABLE]: token, ...Object.fromEntries(exceptions.map((name) => [name, list])) };
}
