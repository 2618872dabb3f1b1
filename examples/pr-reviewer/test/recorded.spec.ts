import { exec$ } from '@codex-rx/core';
import { fakeCodex, listFixtures, loadFixture, replay$ } from '@codex-rx/testing';
import { lastValueFrom, toArray } from 'rxjs';
import { review } from '../src/review.js';

const branch = { folder: '.', base: 'main' };
const on = (name: string) => lastValueFrom(review(branch, () => replay$(name, { pace: 'sync' })).pipe(toArray()));

describe('a review on recorded runs', () => {
  const withCommands = listFixtures().filter((name) =>
    loadFixture(name).events.some((event) => event.type === 'item.started' && event.item.type === 'command_execution'),
  );

  it('has some of several CLI versions', () => {
    expect(new Set(withCommands.map((name) => name.split('/')[0])).size).toBeGreaterThan(3);
  });

  it.each(withCommands)('tells each command of %s', async (name) => {
    const started = loadFixture(name).events.flatMap((event) =>
      event.type === 'item.started' && event.item.type === 'command_execution' ? [event.item.command] : [],
    );
    const told = (await on(name)).flatMap((step) => (step.kind === 'looks' ? [step.command] : []));
    expect(told).toEqual(started);
  });

  it('gives up at a usage limit', async () => {
    expect((await on('0.169.0/usage-limit')).at(-1)).toEqual({ kind: 'gave up', why: 'The usage limit is reached.' });
  });

  it('does so with a process too, and leaves none', async () => {
    const fake = fakeCodex.fromFixture('0.169.0/usage-limit');
    const steps$ = review(branch, (request) => exec$({ ...request, ...fake.options }));
    expect(await lastValueFrom(steps$)).toEqual({ kind: 'gave up', why: 'The usage limit is reached.' });
    expect(fake.invocations()[0]?.argv).toContain('--output-schema');
    await expect(fake).toLeaveNoProcess();
  });
});
