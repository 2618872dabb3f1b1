import {
  type FileUpdateChange,
  type PatchApplyStatus,
  type ThreadContext,
  type ThreadEvent,
  threadContext,
} from '@codex-rx/core/events';
import { mergeMap, type OperatorFunction } from 'rxjs';
import { completedItems } from './completed-items.js';

/** A file of a patch. */
export interface FileChange extends FileUpdateChange, ThreadContext {
  /** Status of the patch. `declined`: nothing was written. `failed`: this file may have been written. */
  readonly status: PatchApplyStatus;
  /** The id of the patch. */
  readonly itemId: string;
}

/**
 * Emits each file of each patch when the patch is final.
 *
 * <span class="informal">The files that the agent changed.</span>
 *
 * Emits one {@link FileChange} per file at each `item.completed` of a patch, in the order of the patch, also for
 * patches that failed or were declined: see `status`. A patch that the CLI completes twice is emitted twice.
 * Completes and errors with the source.
 *
 * @example
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { fileChanges } from '@codex-rx/operators';
 *
 * exec$({ prompt: 'Add a README', workingDirectory: '.', sandbox: 'workspace-write' })
 *   .pipe(fileChanges())
 *   .subscribe(({ kind, path, status }) => console.log(kind, path, status));
 * ```
 *
 * @see {@link snapshots} whose `files` merges the changes of a file
 *
 * @returns An operator that emits the files of final patches.
 */
export function fileChanges(): OperatorFunction<ThreadEvent, FileChange> {
  return (source$) =>
    source$.pipe(
      completedItems('file_change'),
      mergeMap((event) => {
        const { id: itemId, status, changes } = event.item;
        return changes.map((change) => ({ ...change, status, itemId, ...threadContext(event) }));
      }),
    );
}
