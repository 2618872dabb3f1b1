import type { ThreadEvent } from '@codex-rx/core';
import { snapshots } from '@codex-rx/operators';
import { catchError, EMPTY, lastValueFrom, type Observable } from 'rxjs';
import { project } from '../app-server/project.js';

/** `warm` is a client with the transport `app-server`. */
export const TRANSPORTS = ['exec', 'app-server', 'warm'] as const;
export type Transport = (typeof TRANSPORTS)[number];

export const finalSnapshot = async (events$: Observable<ThreadEvent>): Promise<unknown> =>
  project(
    await lastValueFrom(
      events$.pipe(
        catchError(() => EMPTY),
        snapshots(),
      ),
    ),
  );
