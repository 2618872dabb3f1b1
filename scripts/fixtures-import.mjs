// Takes recorded runs of several CLI versions over as fixtures.
//   node scripts/fixtures-import.mjs <folder>
// The folder holds <version>/<case>/ with stdout.jsonl, stderr.txt and meta.json, and perhaps rollout.jsonl, the
// session file. Of the runs of a version that show the same, one is taken; fixtures of `npm run fixtures:record` are
// never overwritten. Session files become test data of the rollout mapping.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { createNormalizer } from './normalize-run.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const fixtures = join(root, 'fixtures');
const rollouts = join(root, 'packages', 'core', 'test', 'rollouts', 'files');
const MAX_STDERR = 2000;
/** Longer runs are taken for two versions only; they show nothing else. */
const MAX_BYTES = 20_000;
const LONG = new Set(['0.44.0/long-line', '0.169.0/long-line']);
/** Cases about other things than the stream. */
const SKIPPED = /^(rollout|default-provider|flags)-/;
/** These go first, so that they are the ones that are kept of several alike. */
const preferred = ['plain-answer', 'everything', 'command-ok', 'command-fail', 'file-add', 'mcp-ok', 'session-1-first'];

const [source] = process.argv.slice(2);
if (source === undefined) throw new Error('Usage: node scripts/fixtures-import.mjs <folder>');

const read = (...path) => readFileSync(join(...path), 'utf8');
const lines = (text) => text.split('\n').filter((line) => line !== '');

function casesOf(version) {
  const names = readdirSync(join(source, version)).filter((name) =>
    existsSync(join(source, version, name, 'stdout.jsonl')),
  );
  const rank = (name) => (preferred.includes(name) ? preferred.indexOf(name) : preferred.length);
  return names.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

function parse(line) {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** The signature of a run: types and shapes of its events, and the start of its failure messages. */
function signature(events, meta) {
  const shape = (value) => {
    if (Array.isArray(value)) return value.slice(0, 1).map(shape);
    if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shape(inner)]));
  };
  const ofEvent = ({ type, item, message, error, ...rest }) => {
    const fields = { ...item, text: undefined, arguments: undefined };
    const text = (message ?? error?.message ?? (item?.type === 'error' ? item.message : undefined))?.slice(0, 40);
    const action = item?.action?.type;
    const kinds = item?.changes?.map(({ kind }) => kind).join();
    return [type, item?.type, item?.status, item?.tool?.slice(0, 4), action, kinds, text, shape(rest), shape(fields)];
  };
  return JSON.stringify([meta.signal, meta.argv.includes('resume'), ...events.map(ofEvent)]);
}

/** Long texts of session files are instructions of the CLI, which nothing here looks at. */
function withoutInstructions(record) {
  if (record.type === 'session_meta') delete record.payload.base_instructions;
  if (record.type === 'world_state') record.payload.state = {};
  if (record.payload?.role === 'developer') record.payload.content = [];
  return record;
}

function write(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function isRecorded(base) {
  return existsSync(`${base}.meta.json`) && JSON.parse(read(`${base}.meta.json`)).imported !== true;
}

function removeImported(folder) {
  if (!existsSync(folder)) return;
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.meta.json'))) {
    const base = join(folder, file.slice(0, -'.meta.json'.length));
    if (isRecorded(base)) continue;
    rmSync(`${base}.meta.json`);
    rmSync(`${base}.jsonl`, { force: true });
  }
}

function importVersion(version) {
  removeImported(join(fixtures, version));
  const normalizers = new Map();
  const seen = new Set();
  let taken = 0;
  for (const name of casesOf(version)) {
    const folder = join(source, version, name);
    const meta = JSON.parse(read(folder, 'meta.json'));
    const stdout = read(folder, 'stdout.jsonl');
    const events = lines(stdout).map(parse);
    // Runs of one session share their ids.
    const session = name.replace(/-\d+-.*$/, '');
    if (!normalizers.has(session)) normalizers.set(session, createNormalizer({}));
    const normalize = normalizers.get(session);

    if (existsSync(join(folder, 'rollout.jsonl')) && stdout !== '') {
      const records = lines(read(folder, 'rollout.jsonl')).map((line) =>
        JSON.stringify(withoutInstructions(JSON.parse(line))),
      );
      write(join(rollouts, version, `${name}.jsonl`), `${records.map(normalizeRecord(normalize)).join('\n')}\n`);
      write(join(rollouts, version, `${name}.stdout.jsonl`), normalize(stdout));
    }
    if (events.length === 0 || events.some((event) => typeof event?.type !== 'string')) continue;
    if (stdout.length > MAX_BYTES && !LONG.has(`${version}/${name}`)) continue;
    const shown = signature(events, meta);
    if (seen.has(shown) || SKIPPED.test(name)) continue;
    seen.add(shown);
    const base = join(fixtures, version, name);
    if (isRecorded(base)) continue;
    const { shows, argv, exit_code, signal, line_ms, wall_ms } = meta;
    const stderr = normalize(read(folder, 'stderr.txt')).slice(0, MAX_STDERR);
    const kept = {
      version,
      imported: true,
      shows,
      argv: argv.map(normalize),
      exit_code,
      signal,
      stderr,
      line_ms,
      wall_ms,
    };
    write(`${base}.jsonl`, normalize(stdout));
    write(`${base}.meta.json`, `${JSON.stringify(kept, undefined, 2)}\n`);
    taken += 1;
  }
  process.stdout.write(`${version}: ${String(taken)} fixtures\n`);
}

/** Times within a session file order what happened, so they stay. */
function normalizeRecord(normalize) {
  return (line) => {
    const times = line.match(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z/g) ?? [];
    let index = 0;
    return normalize(line).replaceAll('2030-01-01T00:00:00Z', (same) => times[index++] ?? same);
  };
}

for (const version of readdirSync(source).filter((name) => /^\d+\.\d+\.\d+$/.test(name))) importVersion(version);
