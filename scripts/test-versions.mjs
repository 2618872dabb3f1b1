// Runs the tests of the scripted model, of `tool()`, of the app-server and of `mcpServer$` against several versions of
// the real CLI, and prints which step works with which version.
//   npm run test:versions                      the default versions
//   npm run test:versions -- 0.110.0 0.150.1   these
// Versions are installed on demand. They run in a network namespace that has loopback only, or not at all: older ones
// look up hosts at each start in spite of their configuration.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { installedCli } from './installed-cli.mjs';
import { inLoopbackOnly, isLoopbackOnly } from './loopback-only.mjs';

const suites = [
  ...['step-builders', 'command-steps', 'mcp-steps', 'agent-steps', 'failures'].map(
    (name) => `packages/testing/test/model/${name}.test.ts`,
  ),
  'packages/core/test/tools/real.test.ts',
  // CLI 0.98 fails some: see the limits in docs/app-server.md.
  ...['real', 'real-controls'].map((name) => `packages/core/test/app-server/${name}.test.ts`),
  'packages/core/test/mcp/server/real.test.ts',
];
const given = process.argv.slice(2);
const versions = given.length > 0 ? given : ['0.98.0', '0.125.0', '0.150.1'];

const jest = join(dirname(createRequire(import.meta.url).resolve('jest/package.json')), 'bin', 'jest.js');

function confined(command) {
  if (isLoopbackOnly()) return command;
  const inside = inLoopbackOnly(command);
  if (inside === undefined) {
    throw new Error(
      'These CLIs could reach a network here, and no loopback-only network namespace can be made (Linux: `unshare --net`, as root or with user namespaces). They are not run.',
    );
  }
  return inside;
}

/** Titles of the tests with `passed` or `failed`, in order. */
function test(version, folder) {
  const output = join(folder, `${version}.json`);
  const [command, ...args] = confined([
    process.execPath,
    jest,
    ...['--selectProjects', 'testing', 'core', '--runTestsByPath', ...suites],
    ...['--silent', '--testTimeout=120000', '--json', `--outputFile=${output}`],
  ]);
  const env = { ...process.env, TEST_ALL: '1', CODEX_BINARY: installedCli(version) };
  const started = Date.now();
  spawnSync(command, args, { env, stdio: ['ignore', 'ignore', 'ignore'] });
  const { testResults } = JSON.parse(readFileSync(output, 'utf8'));
  const results = testResults
    .toSorted(
      (a, b) => suites.findIndex((path) => a.name.endsWith(path)) - suites.findIndex((path) => b.name.endsWith(path)),
    )
    .flatMap(({ assertionResults, message }) => {
      if (assertionResults.length === 0) throw new Error(message);
      return assertionResults;
    });
  return { version, results, seconds: Math.round((Date.now() - started) / 1000) };
}

function print(runs) {
  const titles = [...new Set(runs.flatMap(({ results }) => results.map(({ fullName }) => fullName)))];
  const width = Math.max(...titles.map((title) => Math.min(title.length, 90)));
  const row = (title, cells) =>
    `${title.slice(0, 90).padEnd(width)}  ${cells.map((cell) => cell.padStart(8)).join('')}\n`;
  process.stdout.write(
    row(
      '',
      runs.map(({ version }) => version),
    ),
  );
  for (const title of titles) {
    const marks = runs.map(({ results }) => results.find(({ fullName }) => fullName === title)?.status);
    process.stdout.write(
      row(
        title,
        marks.map((status) => (status === 'passed' ? 'yes' : (status ?? '-').toUpperCase())),
      ),
    );
  }
  process.stdout.write(
    row(
      'seconds',
      runs.map(({ seconds }) => String(seconds)),
    ),
  );
}

const folder = mkdtempSync(join(tmpdir(), 'codex-rx-versions-'));
try {
  for (const version of versions) installedCli(version);
  const runs = versions.map((version) => {
    process.stderr.write(`Testing codex ${version}\n`);
    return test(version, folder);
  });
  print(runs);
  const failed = runs.flatMap(({ version, results }) =>
    results.filter(({ status }) => status === 'failed').map((result) => ({ version, ...result })),
  );
  for (const { version, fullName, failureMessages } of failed) {
    process.stderr.write(`\n${version}: ${fullName}\n${failureMessages.join('\n')}\n`);
  }
  process.exitCode = failed.length > 0 ? 1 : 0;
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
