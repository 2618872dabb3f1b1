// Compares the commands and the app-server methods of a CLI with what this repository knows.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readMethods } from './read-protocol.mjs';

const core = join(import.meta.dirname, '..', '..', 'packages/core/src');
const UNIONS = {
  clientRequests: 'ClientRequest',
  serverRequests: 'ServerRequest',
  serverNotifications: 'ServerNotification',
};

/** `exec`, `exec --json`, `exec PROMPT` … */
function unitsOf(commands) {
  return Object.entries(commands).flatMap(([path, { flags, args }]) => [
    path,
    ...[...flags, ...args].map((word) => `${path} ${word}`.trim()),
  ]);
}

/** Words of `a` that `b` lacks. */
export const without = (a, b) => {
  const known = new Set(b);
  return [...new Set(a)].filter((word) => !known.has(word));
};

/** Compares the table of `cliFacts` with the commands that a binary lists. */
export function compareCommands({ version, commands, cliFacts, coverageManifest }) {
  const [found, known] = [unitsOf(commands), unitsOf(cliFacts(version)?.commands ?? {})];
  const explicit = new Set(
    coverageManifest.commands
      .flatMap(({ path, level, flags, args }) => [
        [path, level],
        ...Object.entries({ ...flags, ...args }).map(([word, one]) => [`${path} ${word}`.trim(), one.level]),
      ])
      .filter(([, level]) => level === 'explicit')
      .map(([words]) => words),
  );
  const gone = without(known, found);
  return { added: without(found, known), gone, breaking: gone.filter((words) => explicit.has(words)) };
}

/** The methods of a version, against `versions.json`. */
export function compareMethods({ version, binary, compareVersions }) {
  const table = JSON.parse(readFileSync(join(core, 'protocol/versions.json'), 'utf8'));
  const oldest = table.versions[0];
  if (compareVersions(version, oldest) < 0) return undefined;
  const found = readMethods([binary], Object.values(UNIONS)).map((methods) => [...methods]);
  const used = usedMethods(Object.keys(table.clientRequests));
  const measured = table.versions.filter((each) => compareVersions(each, version) <= 0).at(-1);
  const result = Object.keys(UNIONS).map((union, index) => {
    const known = Object.entries(table[union])
      .filter(
        ([, { since, until = measured }]) =>
          compareVersions(since, measured) <= 0 && compareVersions(until, measured) >= 0,
      )
      .map(([method]) => method);
    return { union, added: without(found[index], known), gone: without(known, found[index]) };
  });
  const gone = result.find(({ union }) => union === 'clientRequests').gone;
  return {
    unions: result,
    breaking: gone.filter((method) => used.has(method)),
    counts: found.map(({ length }) => length),
  };
}

/** The requests that the client sends. */
function usedMethods(known) {
  const files = readdirSync(join(core, 'app-server'), { recursive: true }).filter((name) => name.endsWith('.ts'));
  const text = files.map((name) => readFileSync(join(core, 'app-server', name), 'utf8')).join('\n');
  return new Set(known.filter((method) => text.includes(`'${method}'`)));
}
