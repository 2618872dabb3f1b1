import type { OrphanedRun, Preflight, ReapedRun } from '@codex-rx/core';
import { type Capabilities, type CapabilityFeature, guard } from '@codex-rx/core/capabilities';
import { counted } from '../../text/numbers.js';

/** All that the doctor found out. */
export interface Findings {
  readonly preflight: Preflight;
  readonly capabilities: Capabilities | undefined;
  /** Runs of killed programs of which processes still ran. */
  readonly orphans: readonly OrphanedRun[];
  /** `undefined` if the processes of earlier runs were not to be ended. */
  readonly reaped: readonly ReapedRun[] | undefined;
}

/** One line of the result. */
export interface Check {
  readonly name: string;
  /** `note`: nothing to do for a run. */
  readonly state: 'ok' | 'note' | 'problem';
  readonly text: string;
}

/** The features that runs of codex-rx use. */
const FEATURES: readonly CapabilityFeature[] = ['app-server', 'exec-fork', 'exec-review', 'output-schema', 'ephemeral'];

/** The findings as checks, in the order in which to read them. Pure. */
export function checks({ preflight, capabilities, orphans, reaped }: Findings): readonly Check[] {
  return [
    ...cliChecks(preflight),
    ...featureChecks(capabilities),
    ...homeChecks(preflight),
    orphanCheck(orphans, reaped),
    ...preflight.problems.map(({ code, message }): Check => ({ name: code, state: 'problem', text: message })),
  ];
}

function cliChecks({ binary, binarySource, version, login }: Preflight): readonly Check[] {
  return [
    ...(binary === undefined
      ? []
      : [
          {
            name: 'cli',
            state: 'ok',
            text: `${version ?? 'of an unknown version'}, ${binary} (${source(binarySource)})`,
          } as const,
        ]),
    ...(login?.state === 'loggedIn' ? [{ name: 'login', state: 'ok', text: login.text } as const] : []),
  ];
}

function source(found: Preflight['binarySource']): string {
  switch (found) {
    case 'environment':
      return 'from CODEX_BINARY';
    case 'path':
      return 'from PATH';
    case 'package':
      return 'of the package @openai/codex';
    default:
      return 'as given';
  }
}

function featureChecks(capabilities: Capabilities | undefined): readonly Check[] {
  if (capabilities === undefined) return [];
  const missing = FEATURES.filter((feature) => guard(capabilities, feature).support === 'unsupported');
  const text = missing.length === 0 ? FEATURES.join(', ') : `not supported by this version: ${missing.join(', ')}`;
  return [{ name: 'features', state: missing.length === 0 ? 'ok' : 'note', text }];
}

function homeChecks({ home }: Preflight): readonly Check[] {
  if (home?.exists !== true) return [];
  const open = [home.auth, home.credentials, home.config].filter(({ exists, isPrivate }) => exists && !isPrivate);
  return [
    { name: 'home', state: 'ok', text: `${home.root}, ${counted(home.sessions.count, 'session')}` },
    ...open.map(({ path }): Check => {
      const text = `${path} can be read by other users. Close it: chmod 600 ${path}`;
      return { name: 'permissions', state: 'note', text };
    }),
  ];
}

function orphanCheck(orphans: readonly OrphanedRun[], reaped: readonly ReapedRun[] | undefined): Check {
  const left = reaped?.flatMap((run) => run.left) ?? [];
  if (left.length > 0) return { name: 'orphans', state: 'problem', text: `could not be ended: ${left.join(', ')}` };
  if (orphans.length === 0) return { name: 'orphans', state: 'ok', text: 'none' };
  const runs = counted(orphans.length, 'run');
  if (reaped !== undefined) return { name: 'orphans', state: 'ok', text: `ended those of ${runs}` };
  const pids = orphans.flatMap(({ pid, isAlive, processes }) => [...(isAlive ? [pid] : []), ...processes]).join(', ');
  return {
    name: 'orphans',
    state: 'note',
    text: `${runs} of killed programs: ${pids}. End them: codex-rx doctor --reap`,
  };
}
