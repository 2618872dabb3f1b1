import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** The parsed command line. */
export type Options =
  | { readonly mode: 'help' }
  | { readonly mode: 'samples' }
  | ({ readonly mode: 'scripted'; readonly transport: Transport } & Output)
  | ({ readonly mode: 'sample'; readonly name: string } & Output)
  | ({
      readonly mode: 'live';
      readonly prompt: string;
      readonly folder: string;
      readonly sandbox: string | undefined;
      readonly transport: Transport;
    } & Output);

/** A process per run, or a warm server, whose text is shown while it is written. */
export type Transport = 'exec' | 'app-server';

interface Output {
  /** Events as JSON lines instead of the view. */
  readonly isJson: boolean;
}

/** The command line is wrong. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const help = `Usage: npm start -- [options]

Without options: the real Codex CLI does a small task in a scratch repository, answered by a
scripted model. No network, no login, a few seconds.

  --live PROMPT      run your own Codex CLI, with your login and configuration
    --cd DIR           in this folder (default: the one that you are in)
    --sandbox MODE     read-only, workspace-write or danger-full-access
                       (default: what your configuration says)
  --transport NAME   exec (default), or app-server, which shows text while it is written
  --sample NAME      replay a recorded run, without any CLI: a name, or the path of a .jsonl file
  --samples          list the names of the recorded runs
  --json             print the events as JSON lines
  --help             print this

Ctrl-C ends the run and all that it started. Exit codes: 0 the turn was completed, 1 it was not,
2 the options are wrong, 130 it was ended by Ctrl-C.
`;

const sandboxModes = ['read-only', 'workspace-write', 'danger-full-access'];

/** Reads the command line. Pure. Throws a `UsageError`. `folder` is what relative paths are relative to. */
export function parseOptions(args: readonly string[], folder: string): Options {
  const values = parse(args);
  if (values.help === true) return { mode: 'help' };
  if (values.samples === true) return { mode: 'samples' };
  const { live, sample, cd, sandbox, json: isJson = false } = values;
  const transport = readTransport(values.transport);
  if (sample !== undefined && values.transport !== undefined)
    throw new UsageError('--transport and --sample exclude each other');
  if (live === undefined) {
    if (cd !== undefined) throw new UsageError('--cd goes with --live');
    if (sandbox !== undefined) throw new UsageError('--sandbox goes with --live');
    if (sample === undefined) return { mode: 'scripted', transport, isJson };
    if (sample.trim() === '') throw new UsageError('--sample needs a name; --samples names them all');
    return { mode: 'sample', name: sample, isJson };
  }
  if (sample !== undefined) throw new UsageError('--live and --sample exclude each other');
  if (live.trim() === '') throw new UsageError('--live needs a prompt');
  if (sandbox !== undefined && !sandboxModes.includes(sandbox))
    throw new UsageError(`--sandbox is one of ${sandboxModes.join(', ')}, not "${sandbox}"`);
  return { mode: 'live', prompt: live, folder: resolve(folder, cd ?? '.'), sandbox, transport, isJson };
}

function readTransport(name = 'exec'): Transport {
  if (name === 'exec' || name === 'app-server') return name;
  throw new UsageError(`--transport is one of exec, app-server, not "${name}"`);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        live: { type: 'string' },
        cd: { type: 'string' },
        sandbox: { type: 'string' },
        transport: { type: 'string' },
        sample: { type: 'string' },
        samples: { type: 'boolean' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
