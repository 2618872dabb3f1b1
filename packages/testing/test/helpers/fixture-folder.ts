import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RawLine } from '@codex-rx/core/events';
import type { Observable } from 'rxjs';
import { events, items } from '../../src/builders/index.js';
import { type Fixture, recordFixture } from '../../src/fixtures/index.js';
import { codexScheduler } from '../../src/marbles/index.js';

/** Creates a folder for each test. Removes it after the test. */
export function useFixtureFolder(): () => string {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'codex-rx-fixtures-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  return () => folder;
}

export const run = events.run(items.agentMessage('Hello.'));
export const lines = run.map((event) => JSON.stringify(event));

/** Records a fixture in virtual time. */
export function record(lines$: Observable<RawLine>, path: string): Fixture {
  let fixture: Fixture | undefined;
  codexScheduler().run(({ flush }) => {
    recordFixture(lines$, path).subscribe((recorded) => (fixture = recorded));
    flush();
  });
  if (fixture === undefined) throw new Error('The fixture was not recorded.');
  return fixture;
}
