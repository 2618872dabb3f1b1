import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HomeError } from '@codex-rx/core/errors';
import { packageRoot } from '../util/package-root.js';
import type { McpServerCommand } from './config-toml.js';

/** What a tool of a scripted MCP server answers: a text, a text with structured content, a failure, or nothing as the server crashes. */
export type ToolAnswer =
  | string
  | { readonly text: string; readonly structured?: Readonly<Record<string, unknown>>; readonly delay?: number }
  | { readonly error: string; readonly delay?: number }
  | { readonly crash: true; readonly delay?: number };

/** An MCP server with tools that answer the same to every call. `delay` of an answer is in milliseconds. */
export interface ScriptedMcpServer {
  readonly tools: Readonly<Record<string, ToolAnswer>>;
}

export type ScriptedMcpServerDefinition = McpServerCommand | ScriptedMcpServer;

/** The commands of the servers; those that are scripted get their file in `folder`. */
export async function mcpCommands(
  servers: Readonly<Record<string, ScriptedMcpServerDefinition>>,
  folder: string,
): Promise<Readonly<Record<string, McpServerCommand>>> {
  const commands: Record<string, McpServerCommand> = {};
  for (const [name, server] of Object.entries(servers)) {
    commands[name] = 'tools' in server ? await scripted(name, server, join(folder, `mcp-${name}.json`)) : server;
  }
  return commands;
}

async function scripted(name: string, { tools }: ScriptedMcpServer, file: string): Promise<McpServerCommand> {
  try {
    await writeFile(file, JSON.stringify({ name, tools }), { mode: 0o600 });
  } catch (error) {
    throw new HomeError(file, 'the answers of the MCP server could not be written', error);
  }
  return { command: process.execPath, args: [join(packageRoot(), 'programs', 'scripted-mcp.cjs'), file] };
}
