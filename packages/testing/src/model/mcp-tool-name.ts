import { createHash } from 'node:crypto';
import type { RecordedRequest } from './recorded-request.js';

/** The name by which a version of the CLI calls an MCP tool. */
export interface McpToolName {
  readonly name: string;
  readonly namespace?: string;
}

/** Longest name that the CLI offers; it replaces the rest of a longer one by a hash. */
const MAX_NAME_LENGTH = 64;

/**
 * Returns the name that the CLI gives to an MCP tool: it replaces each character that the Responses API does not accept
 * by `_`. From 0.125 on this includes the dash. Pure.
 *
 * @param version major and minor of the CLI; the newest if absent
 */
export function mcpToolName(
  server: string,
  tool: string,
  request: Pick<RecordedRequest, 'tools'>,
  version: readonly [major: number, minor: number] = [0, Number.POSITIVE_INFINITY],
): McpToolName {
  const [major, minor] = version;
  const isBefore = (bound: number): boolean => major === 0 && minor < bound;
  if (isBefore(125)) {
    const raw = `mcp__${server}__${tool}`;
    const name = raw.replaceAll(/[^\w-]/g, '_');
    return { name: name.length > MAX_NAME_LENGTH ? shorten(name, sha1(raw)) : name };
  }
  const clean = (text: string): string => text.replaceAll(/\W/g, '_');
  const namespace = `mcp__${clean(server)}${isBefore(150) ? '__' : ''}`;
  const name = clean(tool);
  const identity = [server, `mcp__${server}__`, '', tool, tool].join('\0');
  const hash = `_${sha1(identity).slice(0, 12)}`;
  const length = MAX_NAME_LENGTH - namespace.length;
  const hashed = name.length + hash.length > length ? shorten(name, hash, length) : `${name}${hash}`;
  // Two tools whose names become equal, and long names, get a hash; only a CLI that offers its tools by name shows it.
  return { name: offers(request, namespace, hashed) ? hashed : name, namespace };
}

const shorten = (name: string, hash: string, length = MAX_NAME_LENGTH): string =>
  `${name.slice(0, Math.max(0, length - hash.length))}${hash}`;

const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex');

function offers({ tools }: Pick<RecordedRequest, 'tools'>, namespace: string, name: string): boolean {
  return tools.some(
    (offered) =>
      offered.name === namespace &&
      Array.isArray(offered.tools) &&
      offered.tools.some((tool: { readonly name?: unknown } | null) => tool?.name === name),
  );
}
