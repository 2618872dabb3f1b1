import type { ThreadEvent } from '@codex-rx/core/events';
import fc from 'fast-check';
import { type RunsOptions, runs } from './runs.js';

export interface MutatedRunsOptions extends RunsOptions {
  /** How many mutations at most; from 1. Default 3. */
  readonly maxMutations?: number | undefined;
}

/** Does something at a place of a list that is not empty; any other number chooses between the ways to do it. */
type Mutation<T> = (list: readonly T[], place: number, choice: number) => readonly T[];

function cutOut<T>(list: readonly T[], place: number): readonly T[] {
  return [...list.slice(0, place), ...list.slice(place + 1)];
}

function insert<T>(list: readonly T[], place: number, ...more: readonly T[]): readonly T[] {
  return [...list.slice(0, place), ...more, ...list.slice(place)];
}

function repeat<T>(list: readonly T[], place: number): readonly T[] {
  return insert(list, place, ...list.slice(place, place + 1));
}

function move<T>(list: readonly T[], place: number, choice: number): readonly T[] {
  return insert(cutOut(list, place), choice % list.length, ...list.slice(place, place + 1));
}

function cutOff<T>(list: readonly T[], place: number): readonly T[] {
  return list.slice(0, place);
}

/** Applied one after the other, each at a place of its own. */
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
        (mutant, [mutate, place, choice]) =>
          mutant.length === 0 ? mutant : mutate(mutant, place % mutant.length, choice),
        run,
      ),
    ]);
}

/**
 * Runs whose events are all valid, but that no CLI should emit: some are missing, repeated, at another place, or the run is cut off. For what must hold
 * whatever comes.
 *
 * ```ts
 * import { mutatedRuns } from '@codex-rx/testing/arbitrary';
 * import fc from 'fast-check';
 *
 * fc.assert(fc.property(mutatedRuns(), (run) => run.every((event) => event.type.length > 0)));
 * ```
 */
export function mutatedRuns({ maxMutations, ...options }: MutatedRunsOptions = {}): fc.Arbitrary<ThreadEvent[]> {
  return mutated<ThreadEvent>(runs(options), [cutOut, repeat, move, cutOff], maxMutations);
}

/**
 * Runs as the lines of `codex exec --json`.
 *
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

/** Of one line: cut, of another type, with a field that is missing or of another kind, with more behind it. */
const damages: readonly ((line: string) => string)[] = [
  (line) => line.slice(0, Math.floor(line.length / 2)),
  (line) => line.replace(/"type":"[^"]*"/, '"type":"from.the.future"'),
  (line) => line.replace(/"type":"[^"]*"/, '"type":7'),
  (line) => line.replace(/,"[^"]*":("[^"]*"|-?\d+|null|true|false)/, ''),
  (line) => line.replace(/:"[^"]*"(?=[,}])(?!.*:"[^"]*"(?=[,}]))/, ':{}'),
  (line) => line.replace(/}$/, ',"added_later":[1]}'),
  (line) => `${line}${line}`,
];

const damageOne: Mutation<string> = (list, place, choice) => [
  ...list.slice(0, place),
  damages[choice % damages.length]?.(list[place] ?? '') ?? '',
  ...list.slice(place + 1),
];

const noise = [
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
 * Lines as a drifted, broken or interleaved CLI could write them: missing, repeated and moved lines, lines that are cut or whose fields are not what they
 * were, and noise in between.
 *
 * ```ts
 * import { createDecoder } from '@codex-rx/core';
 * import { mutatedLines } from '@codex-rx/testing/arbitrary';
 * import fc from 'fast-check';
 *
 * fc.assert(fc.property(mutatedLines(), (lines) => lines.map(createDecoder().decode).every(({ _tag }) => _tag === 'Right')));
 * ```
 */
export function mutatedLines({ maxMutations, ...options }: MutatedRunsOptions = {}): fc.Arbitrary<string[]> {
  const addNoise: Mutation<string> = (list, place, choice) => insert(list, place, noise[choice % noise.length] ?? '');
  return mutated<string>(
    runLines(options),
    [cutOut, repeat, move, cutOff, addNoise, damageOne, damageOne, damageOne],
    maxMutations,
  );
}
