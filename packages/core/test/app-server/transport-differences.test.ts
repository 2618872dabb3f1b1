import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFixtures, loadFixture } from '@codex-rx/testing';
import { differencesTable } from './transport-differences.js';

const VERSION = '0.169.0';
const TRANSCRIPTS = join(__dirname, 'transcripts', VERSION);
const PAGE = join(__dirname, '../../../../docs/app-server.md');

describe('the table of the differences between the events of both transports', () => {
  it('is that of the recorded runs (npm run docs:transports)', () => {
    const overExec = listFixtures()
      .filter((name) => name.startsWith(`${VERSION}/`))
      .flatMap((name) => loadFixture(name).events);
    const recordings = readdirSync(TRANSCRIPTS).map((file) => readFileSync(join(TRANSCRIPTS, file), 'utf8'));
    const [, documented] =
      /<!-- differences -->\n\n([^]*?)\n<!-- \/differences -->/.exec(readFileSync(PAGE, 'utf8')) ?? [];
    expect(documented).toBe(differencesTable(overExec, recordings));
  });
});
