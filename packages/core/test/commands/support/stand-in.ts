import { type FakeCodex, type FakeScript, type FakeStep, fakeCodex } from '@codex-rx/testing';
import { lastValueFrom, type Observable, toArray } from 'rxjs';

const open = new Set<FakeCodex>();

/** A stand-in that is gone after the test. */
export function standIn(script: FakeScript | readonly FakeStep[] = []): FakeCodex {
  const fake = fakeCodex(script);
  open.add(fake);
  return fake;
}

export const says = (stdout: string, exit = 0, version = '0.169.0'): FakeCodex =>
  standIn({ version, steps: [{ raw: stdout }, { exit }] });

export async function removeStandIns(): Promise<void> {
  await Promise.all([...open].map((fake) => fake.dispose()));
  open.clear();
}

/** All that it emits. */
export const valuesOf = <T>(source$: Observable<T>): Promise<T[]> => lastValueFrom(source$.pipe(toArray()));

/** The error with which it ends; fails if it does not. */
export async function errorOf(source$: Observable<unknown>): Promise<unknown> {
  try {
    await lastValueFrom(source$, { defaultValue: undefined });
  } catch (error) {
    return error;
  }
  throw new Error('ended without an error');
}
