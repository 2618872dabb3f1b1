import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defer, finalize, type Observable } from 'rxjs';
import { removeFolder } from '../process/remove-folder.js';
import { createFolder } from '../process/temporary-folder.js';
import { type FinishedStep, probeStep$, type StepOptions } from './probe-step.js';
import type { ProtocolMethods } from './types.js';

/** Finds the methods of the app-server protocol in the types that the CLI writes. */
export function probeMethods$(
  options: StepOptions,
  isExperimental: boolean,
): Observable<FinishedStep<ProtocolMethods>> {
  return defer(() => {
    const folder = createFolder();
    const args = ['app-server', 'generate-ts', '--out', folder, ...(isExperimental ? ['--experimental'] : [])];
    return probeStep$('methods', args, options, () => readMethods(folder)).pipe(
      finalize(() => void removeFolder(folder)),
    );
  });
}

function readMethods(folder: string): ProtocolMethods | undefined {
  try {
    return {
      clientRequests: methodsIn(folder, 'ClientRequest'),
      serverRequests: methodsIn(folder, 'ServerRequest'),
      serverNotifications: methodsIn(folder, 'ServerNotification'),
    };
  } catch {
    return undefined;
  }
}

function methodsIn(folder: string, union: string): string[] {
  const text = readFileSync(join(folder, `${union}.ts`), 'utf8');
  return [...text.matchAll(/"method": "([\w/.-]+)"/g)].map(([, method = '']) => method).sort();
}
