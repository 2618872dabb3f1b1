import { type ModelScript, model } from '@codex-rx/testing';
import { changes, files } from './files.js';

export { files };

export const prompt = 'The check of the cart fails. Find out why, mend it, and say what was wrong.';

/** The steps, the first `done` completed and the next one in progress. */
function plan(done: number) {
  const steps = ['See the check fail', 'Find the cause', 'Mend it', 'Check again'];
  return model.todos(
    Object.fromEntries(
      steps.map((step, index) => [step, index < done ? 'completed' : index === done ? 'in_progress' : 'pending']),
    ),
  );
}

/** The model's responses: one entry for each request of the CLI. */
export const script: ModelScript = [
  [
    model.think('**Reproducing the failure**\n\nThe check knows which total is wrong, so I run it first.', {
      delay: 300,
    }),
    plan(0),
    model.run('node check.mjs', { delay: 300 }),
    model.usage({ input: 2_410, cached: 1_920, output: 96, reasoning: 34 }),
  ],
  [
    model.think('**Looking for the cause**\n\nOnly the total with a discount is wrong, and far off.', { delay: 400 }),
    plan(1),
    model.run('cat cart.mjs', { delay: 300 }),
    model.usage({ input: 2_690, cached: 2_410, output: 71, reasoning: 25 }),
  ],
  [
    model.think(
      '**Found it**\n\nThe discount is a percentage, but it is taken as a factor: 10 % takes ten times the sum away. ' +
        'Cents are whole, so the result needs rounding as well.',
      { delay: 500 },
    ),
    plan(2),
    model.patch(changes, { delay: 300 }),
    model.usage({ input: 2_980, cached: 2_690, output: 188, reasoning: 52 }),
  ],
  [
    plan(3),
    model.run('node check.mjs', { delay: 300 }),
    model.usage({ input: 3_240, cached: 2_980, output: 44, reasoning: 0 }),
  ],
  [plan(4), model.usage({ input: 3_330, cached: 3_240, output: 31, reasoning: 0 })],
  [
    model.say(
      'The check passes now. `total` took the discount as a factor instead of a percentage, so 10 % made the total negative. ' +
        'Now it divides by 100 and rounds to whole cents; CHANGES.md says so.',
      { delay: 40, deltas: true },
    ),
    model.usage({ input: 3_410, cached: 3_330, output: 82, reasoning: 12 }),
  ],
];
