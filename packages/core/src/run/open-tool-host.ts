import type { AnyRunRequest } from '../request/types.js';
import type { ToolHost } from '../tools/host/tool-host.js';

/** Starts to offer the tools of a request. Loads the server only for a request with tools. */
export async function openToolHost({ tools = [] }: AnyRunRequest): Promise<ToolHost | undefined> {
  if (tools.length === 0) return undefined;
  const host = await import('../tools/host/tool-host.js');
  return await host.ToolHost.open(tools);
}
