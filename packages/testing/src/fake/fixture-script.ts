import type { RawLine } from '@codex-rx/core/events';
import type { Fixture } from '../fixtures/fixture.js';
import { lineFrames, type ReplaySpeed } from '../fixtures/fixture-frames.js';
import { type FixtureSource, loadFixture } from '../fixtures/load-fixture.js';
import type { FakeScript, FakeSignal, FakeStep } from './fake-script.js';

/** Options of `fixtureScript()`. */
export interface FixtureScriptOptions {
  /** `sync` (default): without pauses. `recorded`: with the recorded pauses. A number: this many times as fast. */
  readonly pace?: ReplaySpeed | undefined;
}

/** Returns a script that replays a recorded run: its lines, standard error, and exit code or signal. */
export function fixtureScript(
  source: Fixture | FixtureSource,
  { pace = 'sync' }: FixtureScriptOptions = {},
): FakeScript {
  const fixture = typeof source === 'string' ? loadFixture(source) : source;
  const { version, stderr, signal, exit_code } = fixture.meta;
  const steps: FakeStep[] = [];
  let now = 0;
  for (const { frame, notification } of lineFrames(fixture, pace)) {
    if (frame > now) steps.push({ wait: frame - now });
    now = frame;
    if (notification.kind === 'N') steps.push({ line: lineText(notification.value) });
  }
  if (stderr !== undefined && stderr !== '') steps.push({ stderr });
  if (signal !== undefined && signal !== null) steps.push({ signal: signal as FakeSignal });
  else steps.push({ exit: exit_code ?? (fixture.meta.failure === undefined ? 0 : 1) });
  return { steps, ...(version === undefined ? {} : { version }) };
}

const lineText = (line: RawLine): string => (typeof line === 'string' ? line : line.text);
