import { isCodexError } from '@codex-rx/core';
import { type Fixture, listFixtures, loadFixture, replay$ } from '@codex-rx/testing';
import { fromEvent, takeUntil } from 'rxjs';
import { UsageError } from '../options.js';
import type { WithRun } from './run.js';

/** Replays a recorded run at its original pace, without a CLI. Throws a `UsageError` for an unknown recording. */
export function withSampleRun(name: string): WithRun {
  const fixture = load(name);
  return (signal, use) =>
    use({
      head: {
        title: `codex-rx: a recorded run, ${fixture.name}`,
        facts: [fixture.meta.shows ?? '', 'No CLI runs, and no files change.'].filter((fact) => fact !== ''),
      },
      events$: replay$(fixture).pipe(takeUntil(fromEvent(signal, 'abort'))),
      folder: undefined,
    });
}

/** The names that `--sample` accepts in addition to the path of a file. */
export function sampleNames(): readonly string[] {
  return listFixtures();
}

function load(name: string): Fixture {
  try {
    if (/^[./\\]|\.jsonl$/.test(name)) return loadFixture(name);
    const found = newest(name, sampleNames());
    if (found !== undefined) return loadFixture(found);
  } catch (error) {
    throw isCodexError(error, 'REQUEST_INVALID') ? new UsageError(error.message) : error;
  }
  throw new UsageError(`there is no sample "${name}"; npm start -- --samples names them all`);
}

/** The sample of this name, or of this case in the newest version of the CLI that has it. Pure. */
export function newest(name: string, names: readonly string[]): string | undefined {
  if (names.includes(name)) return name;
  const byVersion = new Intl.Collator('en', { numeric: true });
  return names
    .filter((candidate) => candidate.split('/')[1] === name)
    .sort(byVersion.compare)
    .at(-1);
}
