import { exec$ } from '@codex-rx/core';
import { model, openScriptedModel } from '@codex-rx/testing';
import { lastValueFrom, toArray } from 'rxjs';
import { review } from '../src/review.js';

describe('a review with the real CLI', () => {
  it('runs the commands of the model and takes its answer', async () => {
    const findings = [{ file: 'a.ts', line: 3, problem: 'off by one' }];
    const scripted = await openScriptedModel([model.run('echo a.ts'), model.say(JSON.stringify({ findings }))]);
    const steps = await lastValueFrom(
      review({ folder: '.', base: 'main' }, (request) =>
        exec$({ ...request, ...scripted.options, sandbox: 'danger-full-access' }),
      ).pipe(toArray()),
    );
    expect(steps).toEqual([
      { kind: 'looks', command: expect.stringContaining('echo a.ts') as string },
      { kind: 'verdict', findings },
    ]);
    scripted.assertDone();
    await scripted.close();
  });
});
