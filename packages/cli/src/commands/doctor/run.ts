import { findOrphans, type Preflight, preflight$, type ReapedRun, reapOrphans } from '@codex-rx/core';
import { type Capabilities, probeCapabilities$ } from '@codex-rx/core/capabilities';
import { lastValueFrom } from 'rxjs';
import type { Context } from '../../command/context.js';
import { EXIT } from '../../command/exit-codes.js';
import { openScreen } from '../../terminal/index.js';
import { toJson } from '../../text/to-json.js';
import { checkLines } from './check-lines.js';
import { checks, type Findings } from './checks.js';

/** The options of `codex-rx doctor`. */
export interface DoctorInput {
  readonly reap?: true | undefined;
  readonly json?: true | undefined;
}

/** Checks whether a run can start. */
export async function doctor(input: DoctorInput, { stdout, signal, cwd }: Context): Promise<number> {
  const orphans = findOrphans();
  const reaped: readonly ReapedRun[] | undefined = input.reap === true ? await reapOrphans() : undefined;
  const preflight = await lastValueFrom(preflight$({ workingDirectory: cwd, sandbox: 'read-only', signal }));
  const findings: Findings = {
    preflight,
    capabilities: await probe(preflight, signal),
    orphans,
    reaped,
  };
  const checked = checks(findings);
  if (input.json === true) stdout.write(`${toJson(findings)}\n`);
  else {
    const screen = openScreen(stdout);
    screen.print(checkLines(checked, screen.style));
    screen.close();
  }
  return checked.some(({ state }) => state === 'problem') ? EXIT.failed : EXIT.ok;
}

async function probe({ binary }: Preflight, signal: AbortSignal): Promise<Capabilities | undefined> {
  if (binary === undefined) return undefined;
  return await lastValueFrom(probeCapabilities$({ binary, signal })).catch(() => undefined);
}
