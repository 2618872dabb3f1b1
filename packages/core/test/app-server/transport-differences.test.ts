import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFixtures, loadFixture } from '@codex-rx/testing';
import { mapTranscript } from './mapping/map-transcript.js';
import { transcripts } from './transcript.js';
import { differencesTable } from './transport-differences.js';

const VERSION = '0.169.0';
const PAGE = join(__dirname, '../../../../docs/app-server.md');

describe('the table of the differences between the events of both transports', () => {
  it('is that of the recorded runs (npm run docs:transports)', () => {
    const overExec = listFixtures()
      .filter((name) => name.startsWith(`${VERSION}/`))
      .flatMap((name) => loadFixture(name).events);
    const overServer = transcripts
      .filter(([version]) => version === VERSION)
      .flatMap(([version, name]) => mapTranscript(version, name).events);
    const [, documented] =
      /<!-- differences -->\n\n([^]*?)\n<!-- \/differences -->/.exec(readFileSync(PAGE, 'utf8')) ?? [];
    expect(documented).toBe(differencesTable(overExec, overServer));
  });
});
