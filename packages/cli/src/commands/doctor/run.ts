import { preflight$ } from '@codex-rx/core';
import { lastValueFrom } from 'rxjs';
import type { Context } from '../../command/context.js';
import { EXIT } from '../../command/exit-codes.js';

/** The options of `codex-rx doctor`. */
export interface DoctorInput {
  readonly json?: true | undefined;
}

/** Checks the CLI. */
export async function doctor(_input: DoctorInput, { stdout, signal }: Context): Promise<number> {
  const report = await lastValueFrom(preflight$({ signal }));
  stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
  return EXIT.ok;
}
