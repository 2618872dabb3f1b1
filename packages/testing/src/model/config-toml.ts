/** Settings of the CLI: its model and its MCP servers. */
export interface HomeSettings {
  readonly url: string;
  readonly keyName: string;
  readonly model: string;
  readonly retries: number;
  readonly mcpServers: Readonly<Record<string, McpServerCommand>>;
}

/** The command of an MCP server on standard input and output. */
export interface McpServerCommand {
  /** The program of the server. */
  readonly command: string;
  /** The arguments of the program. */
  readonly args?: readonly string[] | undefined;
  /** Variables to add to the environment of the server. */
  readonly env?: Readonly<Record<string, string>> | undefined;
}

/** Returns a `config.toml` that restricts every version of the CLI to the scripted model. Pure. */
export function configToml({ url, keyName, model, retries, mcpServers }: HomeSettings): string {
  return [
    `model = ${text(model)}`,
    'model_provider = "scripted"',
    'approval_policy = "never"',
    'sandbox_mode = "danger-full-access"',
    'check_for_update_on_startup = false',
    '[analytics]',
    'enabled = false',
    '[features]',
    // The CLI looks up plugins on the network at each start.
    'plugins = false',
    '[tools.update_plan]',
    'enabled = true',
    '[model_providers.scripted]',
    'name = "scripted"',
    `base_url = ${text(url)}`,
    'wire_api = "responses"',
    `env_key = ${text(keyName)}`,
    'request_max_retries = 0',
    `stream_max_retries = ${String(retries)}`,
    ...Object.entries(mcpServers).flatMap(([name, { command, args = [], env = {} }]) => [
      `[mcp_servers.${text(name)}]`,
      `command = ${text(command)}`,
      `args = [${args.map(text).join(', ')}]`,
      `env = { ${Object.entries(env)
        .map(([key, value]) => `${text(key)} = ${text(value)}`)
        .join(', ')} }`,
    ]),
    '',
  ].join('\n');
}

/** A JSON string is a TOML basic string, except for DEL. */
function text(value: string): string {
  return JSON.stringify(value).replaceAll('\u007f', '\\u007f');
}
