// Writes the session files of a home as test data of the mapping of rollouts.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import { findRollouts$ } from '@codex-rx/core/rollouts';
import { lastValueFrom, toArray } from 'rxjs';

/** Longer texts are instructions and the like. */
const MAX_TEXT = 260;
/** Fields of a session that describe the machine and the model, and not its turns. */
const LEFT_OUT = new Set(['base_instructions', 'dynamic_tools', 'developer_instructions', 'user_instructions']);

/**
 * Writes the session files of a home, the oldest first, and the lines of its runs.
 *
 * Ids and times stay unchanged: the ids of turns contain their time, by which the turns of a fork differ from those of
 * its origin. `replacements` removes paths and addresses.
 */
export async function writeSessionFiles({ home, target, name, lines, replacements }) {
  const paths = await lastValueFrom(findRollouts$(home).pipe(toArray()));
  const texts = Object.entries(replacements).sort(([a], [b]) => b.length - a.length);
  const replace = (text) => texts.reduce((result, [from, to]) => result.replaceAll(from, to), text);
  const write = (file, recorded) => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, recorded.map((line) => `${line}\n`).join(''));
    process.stdout.write(`written  ${basename(dirname(file))}/${basename(file)}  ${String(recorded.length)} lines\n`);
  };
  for (const [index, path] of paths.reverse().entries()) {
    const records = readFileSync(path, 'utf8').split('\n').filter(Boolean);
    const suffix = index === 0 ? '' : `.${String(index + 1)}`;
    write(
      join(target, `${name}${suffix}.jsonl`),
      records.map((record) => replace(shorten(record))),
    );
  }
  write(join(target, `${name}.stdout.jsonl`), lines.map(replace));
}

function shorten(line) {
  return JSON.stringify(JSON.parse(line), (key, value) => {
    if (LEFT_OUT.has(key) && value !== null) return undefined;
    if (key === 'tools' && Array.isArray(value)) return [];
    return typeof value === 'string' && value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT)}…` : value;
  });
}
