import * as t from 'io-ts';
import { platform } from '../../process/platform/index.js';
import { ProcessTable } from '../../process/process-table.js';
import { descendantsOf } from '../../process/process-tree.js';
import { readRegularFile } from '../../util/read-regular-file.js';

/** A port and a process id. */
const MAX_SERVER_INFO_BYTES = 4096;

export interface ServerInfo {
  readonly port: number;
  readonly pid: number;
}

const serverInfoCodec: t.Type<ServerInfo> = t.type({ port: t.number, pid: t.number });

/**
 * Reads the info file of a server. Returns `undefined` while the file is missing, incomplete, or written by another
 * server.
 *
 * @param root the process that was started: the server, or a launcher whose descendant the server is
 */
export function readServerInfo(path: string, root: number): ServerInfo | undefined {
  let info: unknown;
  try {
    info = JSON.parse(readRegularFile(path, MAX_SERVER_INFO_BYTES));
  } catch {
    return undefined;
  }
  if (!serverInfoCodec.is(info)) return undefined;
  const { pid } = info;
  const isOurs =
    pid === root || descendantsOf(root, new ProcessTable(platform.list())).some((process) => process.pid === pid);
  return isOurs ? info : undefined;
}
