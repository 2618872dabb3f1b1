import { statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { resolveBinary, type ThreadEvent, whenIdle } from '@codex-rx/core';
import { tap } from 'rxjs';
import type { Context } from '../../command/context.js';
import { EXIT } from '../../command/exit-codes.js';
import { UsageError } from '../../command/usage-error.js';
import { openScreen, type ShownRun, showRun, writeEvents } from '../../terminal/index.js';
import type { Head } from '../../terminal/view/head.js';
import { type CheckedInput, eventsOf } from './events-of.js';
import type { RunInput } from './input.js';
import { createReportWriter } from './report-writer.js';

/** Runs a prompt and shows it. */
export async function run(input: RunInput, context: Context): Promise<number> {
  const { stdin, cwd } = context;
  const prompt = input.prompt === '-' ? await text(stdin) : input.prompt;
  if (prompt.trim() === '') throw new UsageError('The prompt is empty.');
  const folder = resolve(cwd, input.cwd ?? '.');
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new UsageError(`--cwd: there is no folder ${folder}`);
  if (input.approvalPolicy !== undefined && input.transport !== 'app-server')
    throw new UsageError('--approval-policy needs --transport app-server: `codex exec` cannot ask.');

  const checked = { ...input, prompt, folder, log: input.log === undefined ? undefined : resolve(cwd, input.log) };
  // A path that cannot be written to must not cost the run.
  await using file = input.report === undefined ? undefined : await open(resolve(cwd, input.report), 'w', 0o600);
  const report = file === undefined ? undefined : createReportWriter(file, checked);
  const { verdict, error } = await show(checked, context, (event) => report?.next(event));
  // A signal must find the processes of the run tracked until the last one has ended.
  await whenIdle();
  await report?.end(error);
  return verdict === 'completed' ? EXIT.ok : EXIT.failed;
}

async function show(input: CheckedInput, context: Context, see: (event: ThreadEvent) => void): Promise<ShownRun> {
  const { stdout, stderr, signal } = context;
  if (input.json === true)
    return await writeEvents(eventsOf(input, { context }).pipe(tap(see)), { output: stdout, errors: stderr, signal });
  const screen = openScreen(stdout);
  const events$ = eventsOf(input, { context, screen }).pipe(tap(see));
  return await showRun({ head: head(input), events$, folder: input.folder }, { screen, signal });
}

function head({ sandbox, model, transport, resume, prompt, folder }: CheckedInput): Head {
  const settings = [
    resolveBinary(),
    ...(transport === 'exec' ? [] : [transport]),
    ...(sandbox === undefined ? [] : [`sandbox ${sandbox}`]),
    ...(model === undefined ? [] : [`model ${model}`]),
    ...(resume === undefined ? [] : [`continues ${resume}`]),
  ];
  return { title: 'codex-rx run', facts: [settings.join(', '), folder], prompt };
}
