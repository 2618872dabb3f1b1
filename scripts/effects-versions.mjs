// Checks the effect of each option on several versions of the real CLI, and prints which version shows which.
//   npm run effects:versions                      the default versions
//   npm run effects:versions -- 0.110.0 0.150.1   these
// The tests are those of packages/core/test/effects. Versions are installed on demand, and run where they reach
// nothing but this machine.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import process from 'node:process';
import { installedCli } from './installed-cli.mjs';
import { inLoopbackOnly, isLoopbackOnly } from './loopback-only.mjs';

const suite = 'packages/core/test/effects';
const given = process.argv.slice(2);
const versions = given.length > 0 ? given : ['0.98.0', '0.125.0', '0.171.0'];

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

/** All results of the tests, whose names have the version. */
function runTests(binaries, output) {
  const jest = join(dirname(createRequire(import.meta.url).resolve('jest/package.json')), 'bin', 'jest.js');
  const [first, ...others] = binaries;
  const [command, ...args] = confined([
    process.execPath,
    jest,
    ...[suite, '--selectProjects', 'core', '--silent', '--maxWorkers=2', '--testTimeout=120000'],
    ...['--json', `--outputFile=${output}`],
  ]);
  const env = { ...process.env, TEST_ALL: '1', CODEX_BINARY: first, CODEX_RX_CLIS: others.join(delimiter) };
  const { error } = spawnSync(command, args, { env, stdio: ['ignore', 'ignore', 'ignore'] });
  if (error !== undefined) throw error;
  return JSON.parse(readFileSync(output, 'utf8')).testResults.flatMap(({ name, message, assertionResults }) => {
    if (assertionResults.length === 0) throw new Error(`${name}\n${message}`);
    return assertionResults;
  });
}

/** `resume$ with codex 0.98.0 takes features` is a row `resume$ takes features`, and a cell of 0.98.0. */
function parse({ fullName, status, failureMessages }) {
  const found = /(?:^| )with codex (\d+\.\d+\.\d+),? ?/.exec(fullName);
  if (found === null) return undefined;
  const title = `${fullName.slice(0, found.index)} ${fullName.slice(found.index + found[0].length)}`.trim();
  return { version: found[1], title, status, failureMessages };
}

function print(results) {
  const titles = [...new Set(results.map(({ title }) => title))].toSorted();
  const width = Math.max(...titles.map((title) => title.length));
  const row = (title, cells) => `${title.padEnd(width)}  ${cells.map((cell) => cell.padStart(9)).join('')}\n`;
  process.stdout.write(row('', versions));
  for (const title of titles) {
    const cells = versions.map((version) => {
      const status = results.find((result) => result.title === title && result.version === version)?.status;
      return status === undefined ? '–' : status === 'passed' ? 'yes' : status.toUpperCase();
    });
    process.stdout.write(row(title, cells));
  }
  process.stdout.write('\n–: this version does not have the option\n');
}

const folder = mkdtempSync(join(tmpdir(), 'codex-rx-effects-versions-'));
try {
  const binaries = versions.map(installedCli);
  process.stderr.write(`Testing codex ${versions.join(', ')}\n`);
  const results = runTests(binaries, join(folder, 'results.json'))
    .map(parse)
    .filter((result) => result !== undefined);
  print(results);
  const failed = results.filter(({ status }) => status === 'failed');
  for (const { version, title, failureMessages } of failed)
    process.stderr.write(`\n${version}: ${title}\n${failureMessages.join('\n')}\n`);
  process.exitCode = failed.length > 0 ? 1 : 0;
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
