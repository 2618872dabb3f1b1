import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createCodex, exec$, type ThreadEvent, type Tool, type ToolContext, tool, whenIdle } from '@codex-rx/core';
import { openAppServer } from '@codex-rx/core/app-server';
import { model, openScriptedModel, type ScriptedModel } from '@codex-rx/testing';
import { firstValueFrom, lastValueFrom, NEVER, type Observable, ReplaySubject, Subject, toArray } from 'rxjs';
import { z } from 'zod';
import { leavesNothing } from '../exec/support/leaves-nothing.js';
import { finalSnapshot, TRANSPORTS, type Transport } from './support.js';

const place = leavesNothing();

/** Runs a prompt with tools on a transport, until everything of the run is gone. */
async function withRun<T>(
  transport: Transport,
  scripted: ScriptedModel,
  tools: readonly Tool[],
  use: (events$: Observable<ThreadEvent>) => Promise<T>,
): Promise<T> {
  const { codexHome, env, model: slug } = scripted.options;
  const request = { prompt: 'Work.', tools, sandbox: 'read-only' };
  const marked = { ...env, ...place.mark };
  if (transport === 'exec') return await use(exec$({ ...request, codexHome, model: slug, env: marked }));
  if (transport === 'warm') {
    const codex = createCodex({ codexHome, model: slug, env: marked, tools }, { transport: 'app-server', idleStop: 0 });
    return await use(codex.exec$({ prompt: 'Work.', sandbox: 'read-only' }));
  }
  await using server = await openAppServer({ codexHome, env: marked, config: { model: slug } });
  return await use(server.exec$(request));
}

const ticket = tool({
  name: 'look-up_ticket',
  description: 'Looks up a ticket.',
  parameters: z.object({ id: z.string() }),
  execute: ({ id }) => {
    if (id === 'none') throw new Error('There is no such ticket.');
    return [
      { type: 'text', text: `${id}: open` },
      { type: 'image', data: PNG, mediaType: 'image/png' },
    ];
  },
});
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const garbage = tool({
  name: 'garbage',
  description: 'Returns garbage.',
  execute: () => ({ a: 1 }) as unknown as string,
});
const large = tool({ name: 'large', description: 'Returns much.', execute: () => 'a'.repeat(20_000_000) });
const medium = tool({ name: 'medium', description: 'Returns 5 MB.', execute: () => 'ä'.repeat(2_500_000) });
const never = tool({ name: 'never', description: 'Returns nothing.', timeout: 200, execute: () => NEVER });
const odd = tool({ name: 'odd', description: 'Returns odd text.', execute: () => 'a\u2028b\0c\ud800d"\n' });

/** CLI 0.98 to 0.150 call tools one after the other. */
const isSequential = ({ requests }: ScriptedModel): boolean =>
  /^0\.(?:98|125|150)\./.test(requests[0]?.cliVersion ?? '');

/** The text of each result, or the error. */
const textsOf = (events: readonly ThreadEvent[]): (string | undefined)[] =>
  events.flatMap((event) =>
    event.type === 'item.completed' && event.item.type === 'mcp_tool_call'
      ? [event.item.error?.message ?? (event.item.result as { content: { text: string }[] }).content[0]?.text]
      : [],
  );

describe('tools of the program', () => {
  it('give equal snapshots on all transports: results, images, and calls that fail in every way', async () => {
    const script = [
      model.tool('look-up_ticket', { id: 'T-7' }),
      model.tool('look-up_ticket', { id: 'none' }),
      model.tool('look-up_ticket', { id: 7 }),
      model.tool('garbage'),
      model.tool('large'),
      model.tool('never'),
      model.tool('odd'),
      model.say('Done.'),
    ];
    const [overExec, overServer, overWarmServer] = await Promise.all(
      TRANSPORTS.map(async (transport): Promise<unknown> => {
        await using scripted = await openScriptedModel(script);
        const tools = [ticket, garbage, large, never, odd];
        const snapshot = await withRun(transport, scripted, tools, finalSnapshot);
        scripted.assertDone();
        // CLI 0.98 reports other tokens over `exec`.
        return { ...(snapshot as object), turns: undefined };
      }),
    );
    expect(overServer).toEqual(overExec);
    expect(overWarmServer).toEqual(overExec);
    const { items } = overExec as { items: { status: string; result: { content: { text: string }[] } }[] };
    expect(items.map(({ status }) => status)).toEqual([
      'completed',
      'failed',
      'failed',
      'failed',
      'failed',
      'failed',
      'completed',
      undefined,
    ]);
    const image = { type: 'image', data: PNG.toString('base64'), mimeType: 'image/png' };
    expect(items[0]?.result.content).toEqual([{ type: 'text', text: 'T-7: open' }, image]);
    expect(items[1]?.result.content[0]?.text).toBe('There is no such ticket.');
    expect(items[2]?.result.content[0]?.text).toMatch(/^The arguments are invalid: id: /);
    expect(items[6]?.result.content[0]?.text).toBe('a\u2028b\0c\ufffdd"\n');
  });

  it.each(TRANSPORTS)('reach the model with their result over %s', async (transport) => {
    await using scripted = await openScriptedModel([
      model.tool('look-up_ticket', { id: 'T-7' }),
      model.tool('medium'),
      model.say('Done.'),
    ]);
    await withRun(transport, scripted, [ticket, medium], (events$) => lastValueFrom(events$.pipe(toArray())));
    const outputs = (scripted.requests.at(-1)?.input ?? []).filter(
      (item) => (item as { type?: string }).type === 'function_call_output',
    );
    expect(JSON.stringify(outputs[0])).toContain('T-7: open');
    expect(JSON.stringify(outputs[0])).toContain(PNG.toString('base64'));
    expect(JSON.stringify(outputs[1])).toContain('ää');
  });

  it.each(TRANSPORTS)('are aborted within 100 ms when the run is unsubscribed over %s', async (transport) => {
    await using scripted = await openScriptedModel([model.tool('hold'), model.say('Done.')]);
    const called$ = new Subject<ToolContext>();
    const hold = tool({
      name: 'hold',
      description: 'Waits.',
      timeout: 0,
      execute: (_, context) => {
        called$.next(context);
        return NEVER;
      },
    });
    await withRun(transport, scripted, [hold], async (events$) => {
      const begun = firstValueFrom(called$);
      const threads: (string | undefined)[] = [];
      const subscription = events$.subscribe(({ thread_id }) => threads.push(thread_id));
      const { signal, threadId } = await begun;
      expect(threadId).toBe(threads[0]);
      const aborted = new Promise<number>((resolve) => {
        signal.addEventListener('abort', () => {
          resolve(performance.now());
        });
      });
      const start = performance.now();
      subscription.unsubscribe();
      expect((await aborted) - start).toBeLessThan(100);
    });
  });

  it.each(TRANSPORTS)('are called twice at the same time over %s, where the CLI does so', async (transport) => {
    await using scripted = await openScriptedModel([
      [model.tool('meet', { name: 'a' }), model.tool('meet', { name: 'b' })],
      model.say('Done.'),
    ]);
    const met$ = new ReplaySubject<string>(1);
    const names: string[] = [];
    const meet = tool({
      name: 'meet',
      description: 'Waits for the other call.',
      parameters: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
      execute: ({ name }) => {
        names.push(name);
        if (names.length === 2) met$.next([...names].sort().join());
        return isSequential(scripted) ? name : met$;
      },
    });
    const events = await withRun(transport, scripted, [meet], (events$) => lastValueFrom(events$.pipe(toArray())));
    const texts = textsOf(events);
    // The order of the calls is that in which they get hold of a lock of the CLI.
    expect([...texts].sort()).toEqual(isSequential(scripted) ? ['a', 'b'] : ['a,b', 'a,b']);
  });

  it.each(['exec', 'warm'] as const)('are called again when the thread is resumed over %s', async (transport) => {
    await using scripted = await openScriptedModel([
      model.tool('look-up_ticket', { id: 'T-1' }),
      model.say('One.'),
      model.tool('look-up_ticket', { id: 'T-2' }),
      model.say('Two.'),
    ]);
    const { codexHome, env, model: slug } = scripted.options;
    const options = { codexHome, model: slug, env: { ...env, ...place.mark }, tools: [ticket] };
    const turn = async (session: string | undefined): Promise<readonly ThreadEvent[]> => {
      // A client of its own, so that the thread is not loaded any more.
      const codex = createCodex(
        { ...options, workingDirectory: place.folder },
        transport === 'warm' ? { transport: 'app-server', idleStop: 0 } : {},
      );
      const events$ =
        session === undefined ? codex.exec$({ prompt: 'One.' }) : codex.resume$({ session, prompt: 'Two.' });
      return await lastValueFrom(events$.pipe(toArray()));
    };
    const first = await turn(undefined);
    await whenIdle();
    const second = await turn(first[0]?.thread_id);
    expect([...textsOf(first), ...textsOf(second)]).toEqual(['T-1: open', 'T-2: open']);
    scripted.assertDone();
  });

  const runs = process.env.TEST_ALL === '1' ? 20 : 6;
  it('are reported when a thread that was started without them is resumed or forked', async () => {
    await using scripted = await openScriptedModel([model.say('One.')]);
    const { codexHome, env, model: slug } = scripted.options;
    const problems: string[] = [];
    const listener = (message: unknown): void => {
      problems.push((message as { readonly problem: string }).problem);
    };
    const open = () => openAppServer({ codexHome, env: { ...env, ...place.mark }, config: { model: slug } });
    const options = { workingDirectory: place.folder, sandbox: 'read-only' };
    subscribe('codex-rx:settings', listener);
    try {
      let id: string;
      {
        await using server = await open();
        const thread = await lastValueFrom(server.thread.start$({ ...options, tools: [ticket] }));
        await lastValueFrom(thread.turn$('One.'));
        ({ id } = thread);
        await lastValueFrom(server.thread.fork$(id, { ...options, tools: [ticket] }));
      }
      await using server = await open();
      await lastValueFrom(server.thread.resume$(id, { ...options, tools: [ticket] }));
      expect(problems.filter((problem) => problem.includes('tools'))).toEqual([]);

      await lastValueFrom(server.thread.resume$(id, { ...options, tools: [ticket, odd] }));
      await lastValueFrom(server.thread.fork$(id, { ...options, tools: [odd] }));
      const problem = 'The thread was started without the tools "odd": the model cannot call them. Start a new thread.';
      expect(problems.filter((text) => text.includes('tools'))).toEqual([problem, problem]);
    } finally {
      unsubscribe('codex-rx:settings', listener);
    }
  });

  it(`do not mix: ${String(runs)} concurrent runs with 5 tools each`, async () => {
    const run = async (index: number): Promise<void> => {
      const names = ['one', 'two', 'three', 'four', 'five'];
      await using scripted = await openScriptedModel([...names.map((name) => model.tool(name)), model.say('Done.')]);
      const threads = new Set<string | undefined>();
      const tools = names.map((name) =>
        tool({
          name,
          description: 'Returns its run.',
          execute: (_, { threadId }) => {
            threads.add(threadId);
            return Promise.resolve(`${name} of ${String(index)}`);
          },
        }),
      );
      const transport = TRANSPORTS[index % 3] ?? 'exec';
      const events = await withRun(transport, scripted, tools, (events$) => lastValueFrom(events$.pipe(toArray())));
      const texts = textsOf(events);
      expect(texts).toEqual(names.map((name) => `${name} of ${String(index)}`));
      expect([...threads]).toEqual([events[0]?.thread_id]);
    };
    await Promise.all(Array.from({ length: runs }, (_, index) => run(index)));
  }, 300_000);
});
