import { defer, forkJoin, map, type Observable, of, switchMap } from 'rxjs';
import { type BinaryFingerprint, binaryFingerprint, isSameBinary } from '../binary/binary-fingerprint.js';
import { resolveBinary } from '../binary/resolve.js';
import type { CommandOptions } from '../commands/command-options.js';
import { parseFeatures } from '../commands/features/parse-features.js';
import type { CliCommands } from '../request/cli-surface.js';
import { deepFreeze } from '../util/deep-freeze.js';
import { parseCompletion } from './parse-completion.js';
import { type CliVersionInfo, parseCliVersion } from './parse-version.js';
import { probeHelp$ } from './probe-help.js';
import { probeMethods$ } from './probe-methods.js';
import { type FinishedStep, probeStep$, type StepOptions } from './probe-step.js';
import type { Capabilities } from './types.js';

/** Time for all commands of a probe, in ms. */
const PROBE_TIMEOUT_MS = 10_000;

/** Runs the CLI to find its capabilities, which are frozen. Probes again if the binary is replaced meanwhile. */
export function runProbe$(
  { timeout = PROBE_TIMEOUT_MS, ...options }: CommandOptions,
  withMethods: boolean,
): Observable<Capabilities> {
  return defer(() => {
    const binary = resolveBinary(options);
    const fingerprint = binaryFingerprint(binary);
    const stepOptions = { ...options, binary, timeLeft: startTimer(timeout) };
    return collect$(stepOptions, fingerprint, withMethods).pipe(
      switchMap((capabilities) => {
        const now = binaryFingerprint(binary);
        if (now === undefined || isSameBinary(now, fingerprint)) return of(capabilities);
        return collect$(stepOptions, now, withMethods);
      }),
      // A binary that changes all the time has no fingerprint, so that nothing relies on the result.
      map((found) =>
        isSameBinary(binaryFingerprint(binary), found.fingerprint) ? found : { ...found, fingerprint: undefined },
      ),
      map(deepFreeze),
    );
  });
}

/** Returns a function for the time that is left. 0 is no limit. */
function startTimer(timeout: number): () => number {
  const end = performance.now() + (timeout === 0 ? Number.POSITIVE_INFINITY : timeout);
  return () => end - performance.now();
}

function collect$(
  options: StepOptions,
  fingerprint: BinaryFingerprint | undefined,
  withMethods: boolean,
): Observable<Capabilities> {
  // Settings change what the list of features says, and nothing else.
  const plain = {
    ...options,
    config: undefined,
    configOverrides: undefined,
    enable: undefined,
    disable: undefined,
  };
  return forkJoin({
    version: probeVersion$(plain),
    features: probeStep$('features', ['features', 'list'], options, parseFeatureList),
    commands: probeStep$('completion', ['completion', 'bash'], plain, parseCompletion).pipe(withHelp(plain)),
  }).pipe(
    switchMap(({ version, features, commands }) => {
      const found = {
        fingerprint,
        version: version.value,
        features: features.value,
        commands: commands.at(-1)?.value,
      };
      const plan = [version.step, features.step, ...commands.map(({ step }) => step)];
      if (!withMethods) return of({ ...found, collectedAt: Date.now(), plan });
      const isExperimental = found.commands?.['app-server generate-ts']?.flags.includes('--experimental') === true;
      return probeMethods$(plain, isExperimental).pipe(
        map(({ step, value }) => ({ ...found, methods: value, collectedAt: Date.now(), plan: [...plan, step] })),
      );
    }),
  );
}

/** A text without a version is kept, but is unreadable. */
function probeVersion$(options: StepOptions): Observable<FinishedStep<CliVersionInfo>> {
  return probeStep$('version', ['--version'], options, (text) =>
    text.trim() === '' ? undefined : parseCliVersion(text),
  ).pipe(
    map(({ step, value }) => ({
      step: step.outcome === 'ok' && value?.version === undefined ? { ...step, outcome: 'unreadable' } : step,
      value,
    })),
  );
}

/** A list without a row is unreadable. */
function parseFeatureList(text: string): Capabilities['features'] {
  const features = parseFeatures(text);
  return features.length === 0 ? undefined : features;
}

/** Without a completion script, reads the help, which takes a process per command. */
function withHelp(options: StepOptions) {
  return switchMap(
    (completion: FinishedStep<CliCommands>): Observable<readonly FinishedStep<CliCommands>[]> =>
      completion.value !== undefined ? of([completion]) : probeHelp$(options).pipe(map((help) => [completion, help])),
  );
}
