import type { ThreadEvent } from '@codex-rx/core/events';
import fc from 'fast-check';
import { type RunsOptions, runs } from './runs.js';

/** Options of `mutatedRuns()`. */
export interface MutatedRunsOptions extends RunsOptions {
  /** Maximum number of mutations, at least 1. Default 3. */
  readonly maxMutations?: number | undefined;
}

/** Mutates a non-empty list at an index. `choice` selects a variant of the mutation. */
type Mutation<T> = (list: readonly T[], index: number, choice: number) => readonly T[];

function remove<T>(list: readonly T[], index: number): readonly T[] {
  return [...list.slice(0, index), ...list.slice(index + 1)];
}

function insert<T>(list: readonly T[], index: number, ...more: readonly T[]): readonly T[] {
  return [...list.slice(0, index), ...more, ...list.slice(index)];
}

function repeat<T>(list: readonly T[], index: number): readonly T[] {
  return insert(list, index, ...list.slice(index, index + 1));
}

function move<T>(list: readonly T[], index: number, choice: number): readonly T[] {
  return insert(remove(list, index), choice % list.length, ...list.slice(index, index + 1));
}

function truncate<T>(list: readonly T[], index: number): readonly T[] {
  return list.slice(0, index);
}

/** Applies mutations one after the other, each at its own index. */
function mutated<T>(
  list: fc.Arbitrary<readonly T[]>,
  mutations: readonly [Mutation<T>, ...Mutation<T>[]],
  maxMutations = 3,
): fc.Arbitrary<T[]> {
  const one = fc.tuple(fc.constantFrom(...mutations), fc.nat(10_000), fc.nat(10_000));
  return fc
    .tuple(list, fc.array(one, { minLength: 1, maxLength: maxMutations }))
    .map(([run, chosen]) => [
      ...chosen.reduce(
        (mutant, [mutate, index, choice]) =>
          mutant.length === 0 ? mutant : mutate(mutant, index % mutant.length, choice),
        run,
      ),
    ]);
}

/**
 * Generates implausible runs of valid events: events are missing, repeated, moved, or the run is truncated. For
 * properties of every possible run.
 *
 * @example
 * ```ts
 * import { mutatedRuns } from '@codex-rx/testing/arbitrary';
 * import fc from 'fast-check';
 *
 * fc.assert(fc.property(mutatedRuns(), (run) => run.every((event) => event.type.length > 0)));
 * ```
 */
export function mutatedRuns({ maxMutations, ...options }: MutatedRunsOptions = {}): fc.Arbitrary<ThreadEvent[]> {
  return mutated<ThreadEvent>(runs(options), [remove, repeat, move, truncate], maxMutations);
}

/**
 * Generates runs as the lines of `codex exec --json`.
 *
 * @example
 * ```ts
 * import { runLines } from '@codex-rx/testing/arbitrary';
 * import fc from 'fast-check';
 *
 * fc.assert(fc.property(runLines(), (lines) => lines.every((line) => line.startsWith('{'))));
 * ```
 */
export function runLines(options: RunsOptions = {}): fc.Arbitrary<string[]> {
  return runs(options).map((run) => run.map((event) => JSON.stringify(event)));
}

/** Damages to a line: truncated, another type, a field that is missing or has another type, trailing text. */
const DAMAGES: readonly ((line: string) => string)[] = [
  (line) => line.slice(0, Math.floor(line.length / 2)),
  (line) => line.replace(/"type":"[^"]*"/, '"type":"from.the.future"'),
  (line) => line.replace(/"type":"[^"]*"/, '"type":7'),
  (line) => line.replace(/,"[^"]*":("[^"]*"|-?\d+|null|true|false)/, ''),
  (line) => line.replace(/:"[^"]*"(?=[,}])(?!.*:"[^"]*"(?=[,}]))/, ':{}'),
  (line) => line.replace(/}$/, ',"added_later":[1]}'),
  (line) => `${line}${line}`,
];

const damage: Mutation<string> = (list, index, choice) => [
  ...list.slice(0, index),
  DAMAGES[choice % DAMAGES.length]?.(list[index] ?? '') ?? '',
  ...list.slice(index + 1),
];

const NOISE = [
  '',
  '   ',
  'null',
  '[]',
  '"text"',
  '{}',
  'Reading prompt from stdin...',
  '\u0000',
  '{"type":"turn.completed"',
];

/**
 * Generates the lines of a faulty or unknown CLI: missing, repeated, moved and truncated lines, changed fields, and
 * noise.
 *
 * @example
 * ```ts
 * import { createDecoder } from '@codex-rx/core';
 * import { mutatedLines } from '@codex-rx/testing/arbitrary';
 * import fc from 'fast-check';
 *
 * fc.assert(
 *   fc.property(mutatedLines(), (lines) => lines.map(createDecoder().decode).every(({ _tag }) => _tag === 'Right')),
 * );
 * ```
 */
export function mutatedLines({ maxMutations, ...options }: MutatedRunsOptions = {}): fc.Arbitrary<string[]> {
  const addNoise: Mutation<string> = (list, index, choice) => insert(list, index, NOISE[choice % NOISE.length] ?? '');
  return mutated<string>(
    runLines(options),
    [remove, repeat, move, truncate, addNoise, damage, damage, damage],
    maxMutations,
  );
}
