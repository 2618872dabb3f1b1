// Writes the table of the differences between the events of both transports into docs/app-server.md, from the recorded
// runs and sessions of one CLI version. A test compares it.
//   npm run docs:transports
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFixtures, loadFixture } from '@codex-rx/testing';
import { loadSource } from './lib/load-source.mjs';

const VERSION = '0.169.0';
const ROOT = join(import.meta.dirname, '..');
const PAGE = join(ROOT, 'docs', 'app-server.md');
const TRANSCRIPTS = join(ROOT, 'packages', 'core', 'test', 'app-server', 'transcripts', VERSION);

const { differencesTable } = await loadSource('packages/core/test/app-server/transport-differences.ts');
const overExec = listFixtures()
  .filter((name) => name.startsWith(`${VERSION}/`))
  .flatMap((name) => loadFixture(name).events);
const recordings = readdirSync(TRANSCRIPTS).map((file) => readFileSync(join(TRANSCRIPTS, file), 'utf8'));
const table = differencesTable(overExec, recordings);
const page = readFileSync(PAGE, 'utf8');
const marked = /(<!-- differences -->\n\n)[^]*?(\n<!-- \/differences -->)/;
if (!marked.test(page)) throw new Error(`${PAGE} has no place for the table`);
writeFileSync(
  PAGE,
  page.replace(marked, (_, start, end) => `${start}${table}${end}`),
);
