import { createHash } from 'node:crypto';
import type { RecordedRequest } from './recorded-request.js';

/** Name of an MCP tool in a version of the CLI. */
export interface McpToolName {
  readonly name: string;
  readonly namespace?: string;
}

/** Maximum length of a tool name. The CLI replaces the rest of a longer name by a hash. */
const MAX_NAME_LENGTH = 64;

/**
 * Returns the name of an MCP tool in the requests of the CLI. The CLI replaces each character that the Responses API
 * does not accept by `_`, from 0.125 on also the dash. Pure.
 *
 * @param version major and minor version of the CLI. Default: the newest.
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
  const namespace = `mcp__${clean(server)}${isBefore(135) ? '__' : ''}`;
  const name = clean(tool);
  const identity = [server, `mcp__${server}__`, '', tool, tool].join('\0');
  const hash = `_${sha1(identity).slice(0, 12)}`;
  const length = MAX_NAME_LENGTH - namespace.length;
  const hashed = name.length + hash.length > length ? shorten(name, hash, length) : `${name}${hash}`;
  // The CLI appends a hash to long names and to names that collide. Only the offered tools show whether it did.
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
