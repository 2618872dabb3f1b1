import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HomeError } from '@codex-rx/core/errors';
import { packageRoot } from '../util/package-root.js';
import type { McpServerCommand } from './config-toml.js';

/**
 * The result of a scripted MCP tool: a text, a text with structured content, an error, or a crash of the server.
 * `delay` is in ms.
 */
export type ScriptedToolResult =
  | string
  | {
      readonly text: string;
      readonly structured?: Readonly<Record<string, unknown>>;
      readonly delay?: number | undefined;
    }
  | { readonly error: string; readonly delay?: number | undefined }
  | { readonly crash: true; readonly delay?: number | undefined };

/** An MCP server whose tools return the same result to every call. */
export interface ScriptedMcpServer {
  /** The tools, with the result of each. */
  readonly tools: Readonly<Record<string, ScriptedToolResult>>;
}

/** An MCP server of a scripted model: scripted tools, or a program. */
export type ScriptedMcpServerDefinition = McpServerCommand | ScriptedMcpServer;

/** Returns the commands of the servers. Writes the results of scripted servers to files in `folder`. */
export async function mcpCommands(
  servers: Readonly<Record<string, ScriptedMcpServerDefinition>>,
  folder: string,
): Promise<Readonly<Record<string, McpServerCommand>>> {
  const commands: Record<string, McpServerCommand> = {};
  for (const [name, server] of Object.entries(servers)) {
    commands[name] = 'tools' in server ? await scriptedCommand(name, server, join(folder, `mcp-${name}.json`)) : server;
  }
  return commands;
}

async function scriptedCommand(name: string, { tools }: ScriptedMcpServer, file: string): Promise<McpServerCommand> {
  try {
    await writeFile(file, JSON.stringify({ name, tools }), { mode: 0o600 });
  } catch (error) {
    throw new HomeError(file, 'the results of the MCP server could not be written', error);
  }
  return { command: process.execPath, args: [join(packageRoot(), 'programs', 'scripted-mcp.cjs'), file] };
}
