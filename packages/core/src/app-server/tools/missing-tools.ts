import { closeSync, constants, readSync } from 'node:fs';
import { diagnose } from '../../process/diagnostics.js';
import type { Tool } from '../../request/tool-types.js';
import { openSafely } from '../../util/open-safely.js';

/** The first record of a session file has the instructions of the model, about 20 kB. */
const MAX_RECORD_BYTES = 1024 * 1024;

/**
 * Reports tools that the model of a stored thread cannot call: a thread keeps the tools of its start. Reports nothing
 * if the session file cannot be read.
 */
export function reportMissingTools(
  { id, path }: { readonly id: string; readonly path?: string | null | undefined },
  tools: readonly Tool[],
): void {
  if (tools.length === 0 || typeof path !== 'string') return;
  const stored = storedTools(path);
  const missing = tools.map(({ name }) => name).filter((name) => stored?.includes(name) === false);
  if (missing.length === 0) return;
  const names = missing.map((name) => JSON.stringify(name)).join(', ');
  const problem = `The thread was started without the tools ${names}: the model cannot call them. Start a new thread.`;
  diagnose({ type: 'settings', threadId: id, problem });
}

/** Returns the names of the tools in a session file, or `undefined` if it cannot be read. */
function storedTools(path: string): readonly string[] | undefined {
  try {
    const { type, payload } = JSON.parse(firstLine(path)) as {
      readonly type?: unknown;
      readonly payload?: { readonly dynamic_tools?: readonly { readonly name?: unknown }[] | null };
    };
    if (type !== 'session_meta') return undefined;
    return (payload?.dynamic_tools ?? []).map(({ name }) => String(name));
  } catch {
    return undefined;
  }
}

function firstLine(path: string): string {
  const file = openSafely(path, { flags: constants.O_RDONLY });
  try {
    const bytes = Buffer.alloc(MAX_RECORD_BYTES);
    const length = readSync(file, bytes, 0, bytes.length, 0);
    const end = bytes.subarray(0, length).indexOf('\n');
    return bytes.toString('utf8', 0, end === -1 ? length : end);
  } finally {
    closeSync(file);
  }
}
