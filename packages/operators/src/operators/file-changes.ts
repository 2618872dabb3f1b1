import type { FileUpdateChange, PatchApplyStatus, ThreadEvent } from '@codex-rx/core/events';
import { mergeMap, type OperatorFunction } from 'rxjs';
import { type ThreadContext, threadContext } from '../thread/thread-context.js';
import { completedItems } from './completed-items.js';

/** A file that a patch changed, or was to change. */
export interface FileChange extends FileUpdateChange, ThreadContext {
  /** Of the patch. `declined`: nothing was written. `failed`: this file may have been written. */
  readonly status: PatchApplyStatus;
  readonly itemId: string;
}

/**
 * Emits each file of each patch when the patch is final.
 *
 * <span class="informal">What the agent wrote, file by file.</span>
 *
 * For each `item.completed` of a patch: one {@link FileChange} per file, at once and in the order of the patch, whatever came of it: look
 * at `status`. A patch that the CLI completes twice is emitted twice. Completes and errors as the source does.
 *
 * @example
 * ```ts
 * import { exec$ } from '@codex-rx/core';
 * import { fileChanges } from '@codex-rx/operators';
 *
 * exec$({ prompt: 'Add a README', sandbox: 'workspace-write' })
 *   .pipe(fileChanges())
 *   .subscribe(({ kind, path, status }) => console.log(kind, path, status));
 * ```
 *
 * @see {@link snapshots} whose `files` takes the changes of a file together
 *
 * @return An operator that emits the files of the patches that are final.
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
