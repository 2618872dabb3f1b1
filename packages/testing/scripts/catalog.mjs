// Writes src/fixtures/catalog.ts: the names of the recorded runs, and the failures that the run layer reports for them.
// With --check it writes nothing and fails if the file is outdated.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

// The CLI prints the reset time of a usage limit in local time.
process.env.TZ = 'UTC';

const packages = join(import.meta.dirname, '..', '..');
const fixtures = join(packages, '..', 'fixtures');
const target = join(packages, 'testing', 'src', 'fixtures', 'catalog.ts');

const { createDecoder, runOutcome } = await loadCore();
const names = readdirSync(fixtures, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.jsonl'))
  .map((file) => file.slice(0, -'.jsonl'.length).replaceAll('\\', '/'))
  .sort();
const failures = names.flatMap((name) => {
  const failure = failureOf(name);
  return failure === undefined ? [] : [[name, failure]];
});
const text = `// Written by scripts/catalog.mjs.
import type { RecordedFailure } from './fixture.js';

/** The shipped fixtures: \`<CLI version>/<case>\`. */
export type FixtureName =
${names.map((name) => `  | '${name}'`).join('\n')};

/** The failures of the shipped fixtures, by name. */
export const recordedFailures: ReadonlyMap<string, RecordedFailure> = new Map<FixtureName, RecordedFailure>(
  ${JSON.stringify(failures)},
);
`;

if (!process.argv.includes('--check')) writeFileSync(target, text);
else if (withoutLayout(readFileSync(target, 'utf8')) !== withoutLayout(text)) {
  console.error('src/fixtures/catalog.ts is outdated. Run: npm run fixtures:catalog');
  process.exit(1);
}

/** Bundles the sources of the core, because `runOutcome` is internal. */
async function loadCore() {
  const { outputFiles } = await build({
    stdin: {
      contents: `export { createDecoder } from './events/decoder.js'; export { runOutcome } from './outcome/run-outcome.js';`,
      resolveDir: join(packages, 'core', 'src'),
      loader: 'ts',
    },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}

function failureOf(name) {
  const meta = JSON.parse(readFileSync(join(fixtures, `${name}.meta.json`), 'utf8'));
  const events = eventsIn(readFileSync(join(fixtures, `${name}.jsonl`), 'utf8'));
  const last = (type) => events.findLast((event) => event.type === type);
  const failed = last('turn.failed');
  const error = runOutcome(
    {
      terminal: last('turn.completed')
        ? { type: 'completed' }
        : failed && { type: 'failed', message: failed.error.message },
      exitCode: meta.exit_code ?? null,
      signal: meta.signal ?? null,
      stderr: meta.stderr ?? '',
      threadId: last('thread.started')?.thread_id,
      usage: undefined,
      lastMessage: undefined,
      lastNotice: last('error')?.message,
      command: '',
      session: sessionIn(meta.argv ?? []),
      isTurnless: false,
    },
    { now: new Date(0) },
  );
  if (error === undefined) return undefined;
  const { code, message, category, resetsAt } = error;
  return {
    code,
    message,
    ...(category === undefined ? {} : { category }),
    ...(resetsAt === undefined ? {} : { resets_at: resetsAt.toISOString() }),
  };
}

function sessionIn(argv) {
  return argv.includes('resume') ? argv[argv.indexOf('resume') + 1] : undefined;
}

function eventsIn(jsonl) {
  const decoder = createDecoder();
  return jsonl.split('\n').flatMap((line) => {
    const result = decoder.decode(line);
    return result._tag === 'Right' && result.right._tag === 'Some' ? [result.right.value] : [];
  });
}

/** Ignores the layout, which the formatter may change. */
function withoutLayout(source) {
  return source.replaceAll(/[\s,"']/g, '');
}
