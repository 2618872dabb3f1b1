import type { Observable } from 'rxjs';
import { checkArgument, checkInteger } from '../../request/checks.js';
import { assertSupported } from '../../request/command-capabilities.js';
import { flagArgs } from '../../request/flag-args.js';
import type { CommandOptions } from '../command-options.js';
import { parseJson } from '../parse-json.js';
import { runCommand$ } from '../run-command.js';
import { type CloudTaskPage, cloudTaskPageCodec } from './types.js';

/** The request of `cloudList$`. */
export interface CloudListOptions extends CommandOptions {
  /** Tasks of this environment only. */
  readonly environment?: string | undefined;
  /** 1 to 20. Default 20. */
  readonly limit?: number | undefined;
  /** Of the page before. */
  readonly cursor?: string | undefined;
}

/**
 * Emits one page of the tasks in Codex Cloud. To list all tasks, use `expand` with the cursor.
 *
 * The CLI writes a log into its folder; here that is a temporary one, unless `workingDirectory` is set. Errors with
 * `ExitError` (`EXIT`): logged out it has category `auth`. `CapabilityError` before CLI 0.98.
 *
 * @example
 * ```ts
 * import { cloudList$ } from '@codex-rx/core/commands';
 * import { EMPTY, expand } from 'rxjs';
 *
 * cloudList$()
 *   .pipe(expand(({ cursor }) => (cursor === null ? EMPTY : cloudList$({ cursor }))))
 *   .subscribe({
 *     next: ({ tasks }) => console.log(tasks.map((task) => task.title)),
 *     error: (error) => console.error(String(error)),
 *   });
 * ```
 */
export function cloudList$(request: CloudListOptions = {}): Observable<CloudTaskPage> {
  const { environment, limit, cursor } = request;
  return runCommand$(
    request,
    async (cli) => {
      if (environment !== undefined) checkArgument('environment', environment);
      if (limit !== undefined) checkInteger('limit', limit, [1, 20]);
      if (cursor !== undefined) checkArgument('cursor', cursor);
      assertSupported(await cli.facts(), 'cloudList$');
      return {
        args: [
          'cloud',
          'list',
          ...flagArgs('--env', environment),
          ...(limit === undefined ? [] : ['--limit', String(limit)]),
          ...flagArgs('--cursor', cursor),
          '--json',
        ],
        cwd: 'temporary',
      };
    },
    (output) => parseJson(output, cloudTaskPageCodec),
  );
}
