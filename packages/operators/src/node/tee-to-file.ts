import { OutputError, RequestError } from '@codex-rx/core/errors';
import type { RawLine } from '@codex-rx/core/events';
import { defer, finalize, type MonoTypeOperatorFunction, tap } from 'rxjs';
import { errorMessage } from '../util/error-message.js';
import { lineText } from './line-text.js';
import { LogFile, type LogFileOptions } from './log-file.js';

export type TeeFileOptions = LogFileOptions;

export function teeToFile(
  path: string,
  options: TeeFileOptions,
  isTolerant: boolean,
): MonoTypeOperatorFunction<RawLine> {
  checkRotation(options.rotate);

  return (source$) =>
    defer(() => {
      let file: LogFile | undefined;
      const attempt = (problem: string, action: () => void): void => {
        try {
          action();
        } catch (error) {
          const failed = file;
          file = undefined;
          closeQuietly(failed);
          if (!isTolerant) throw new OutputError('tee', path, `${problem}: ${errorMessage(error)}`, error);
        }
      };

      attempt('cannot be opened', () => {
        file = new LogFile(path, options);
      });
      return source$.pipe(
        tap({
          next: (line) => {
            attempt('cannot be written', () => file?.append(lineText(line)));
          },
          complete: () => {
            attempt('cannot be closed', () => file?.close());
          },
          // The error of the source takes precedence.
          error: () => {
            closeQuietly(file);
          },
        }),
        finalize(() => {
          closeQuietly(file);
        }),
      );
    });
}

function checkRotation(rotate: TeeFileOptions['rotate']): void {
  if (rotate === undefined) return;
  const { maxBytes, keep = 5 } = rotate;
  if (!(maxBytes > 0))
    throw new RequestError('teeLines.rotate.maxBytes', `must be a positive number, got ${String(maxBytes)}.`);
  if (!Number.isInteger(keep) || keep < 0) {
    throw new RequestError('teeLines.rotate.keep', `must be a non-negative integer, got ${String(keep)}.`);
  }
}

function closeQuietly(file: LogFile | undefined): void {
  try {
    file?.close();
  } catch {
    // Only the first failure is reported.
  }
}
