import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Observable } from 'rxjs';
import { RequestError } from '../errors/index.js';
import { checkArgument, checkOneOf } from '../request/checks.js';
import { assertSupported } from '../request/command-capabilities.js';
import { flagArgs } from '../request/flag-args.js';
import { createFolder } from '../util/create-folder.js';
import { errorMessage } from '../util/error-message.js';
import type { CommandOptions } from './command-options.js';
import type { Cli, Invocation } from './invocation.js';
import { runCommand$ } from './run-command.js';

/** The request of `generateAppServerBindings$`. */
export type BindingsRequest = CommandOptions & {
  /** Folder for the files, relative to the host's working directory; it is created. */
  readonly outDir: string;
  /** Includes the experimental parts of the protocol (CLI 0.98 or later). */
  readonly experimental?: boolean | undefined;
} & (
    | {
        readonly target: 'typescript';
        /** Path of Prettier, to format the files with. */
        readonly prettier?: string | undefined;
      }
    | { readonly target: 'json-schema' }
  );

/** The result of `generateAppServerBindings$`. */
export interface Bindings {
  /** Absolute. */
  readonly outDir: string;
  /** All files in it, relative to it, sorted. */
  readonly files: readonly string[];
}

/**
 * Writes the types of the app-server protocol of this CLI into a folder; then emits the files in the folder, once.
 *
 * Errors: `RequestError` (a folder that cannot be created), `ExitError` (`EXIT`), `CapabilityError` before CLI 0.75.
 *
 * @example
 * ```ts
 * import { generateAppServerBindings$ } from '@codex-rx/core/commands';
 *
 * generateAppServerBindings$({ target: 'typescript', outDir: 'generated' }).subscribe(({ files }) => console.log(files.length));
 * ```
 */
export function generateAppServerBindings$(request: BindingsRequest): Observable<Bindings> {
  return runCommand$(
    request,
    (cli) => bindingsInvocation(request, cli),
    () => {
      const outDir = resolve(request.outDir);
      const files = readdirSync(outDir, { recursive: true, encoding: 'utf8' }).filter((path) =>
        statSync(join(outDir, path)).isFile(),
      );
      return { outDir, files: files.sort() };
    },
  );
}

async function bindingsInvocation(request: BindingsRequest, cli: Cli): Promise<Invocation> {
  checkOneOf('target', request.target, ['typescript', 'json-schema']);
  checkArgument('outDir', request.outDir);
  const prettier = request.target === 'typescript' ? request.prettier : undefined;
  if (prettier !== undefined) checkArgument('prettier', prettier);
  const isExperimental = request.experimental === true;
  assertSupported(
    await cli.facts(),
    'generateAppServerBindings$',
    ...(isExperimental ? (['generateAppServerBindings$ experimental'] as const) : []),
  );
  const outDir = resolve(request.outDir);
  try {
    createFolder(outDir);
  } catch (error) {
    throw new RequestError(
      'outDir',
      `cannot be created: ${outDir} (${(error as NodeJS.ErrnoException).code ?? errorMessage(error)}).`,
    );
  }
  return {
    args: [
      'app-server',
      request.target === 'typescript' ? 'generate-ts' : 'generate-json-schema',
      ...flagArgs('--out', outDir),
      ...(isExperimental ? ['--experimental'] : []),
      ...flagArgs('--prettier', prettier === undefined ? undefined : resolve(prettier)),
    ],
  };
}
