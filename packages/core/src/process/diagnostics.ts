import { channel } from 'node:diagnostics_channel';

/**
 * An event about the processes of runs. Published on the `diagnostics_channel` `codex-rx:<type>` and, with
 * `CODEX_RX_DEBUG`, written to standard error. Redacted.
 */
export type DiagnosticMessage =
  | {
      readonly type: 'spawn';
      readonly runId: string;
      readonly pid: number;
      readonly command: string;
      readonly cwd: string;
    }
  | {
      readonly type: 'signal';
      readonly runId: string;
      readonly pid: number;
      readonly signal: string;
      readonly to: 'root' | 'group';
    }
  | {
      readonly type: 'exit';
      readonly runId: string;
      readonly pid: number;
      readonly code: number | null;
      readonly signal: string | null;
    }
  | { readonly type: 'leftover'; readonly runId: string; readonly pids: readonly number[] }
  /** The run could not be recorded, so that `reapOrphans()` will not find it. */
  | { readonly type: 'unregistered'; readonly runId: string; readonly reason: string }
  /** A message of an app-server was not understood, and was ignored. */
  | { readonly type: 'protocolError'; readonly problem: string; readonly text: string }
  /** An app-server has other settings for a thread than those that were requested. */
  | { readonly type: 'settings'; readonly threadId: string; readonly problem: string }
  /** `reapOrphans()` ignored a file among its records. */
  | { readonly type: 'untrusted'; readonly file: string; readonly reason: string };

const channels = {
  spawn: channel('codex-rx:spawn'),
  signal: channel('codex-rx:signal'),
  exit: channel('codex-rx:exit'),
  leftover: channel('codex-rx:leftover'),
  unregistered: channel('codex-rx:unregistered'),
  untrusted: channel('codex-rx:untrusted'),
  protocolError: channel('codex-rx:protocolError'),
  settings: channel('codex-rx:settings'),
};

export function diagnose(message: DiagnosticMessage): void {
  channels[message.type].publish(message);
  const debug = process.env.CODEX_RX_DEBUG;
  if (debug !== undefined && debug !== '' && debug !== '0')
    process.stderr.write(`codex-rx ${JSON.stringify(message)}\n`);
}
