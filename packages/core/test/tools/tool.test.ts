import { type Tool, type ToolContext, type ToolOptions, type ToolOutcome, tool } from '@codex-rx/core';
import { fc, test as prop } from '@fast-check/jest';
import * as t from 'io-ts';
import { firstValueFrom, interval, map, NEVER, Observable, of, Subject, throwError } from 'rxjs';
import { z } from 'zod';

const call = (one: Tool, args: unknown = {}, threadId?: string): Promise<ToolOutcome> =>
  firstValueFrom(one.call$(args, { threadId }));
const text = async (outcome: Promise<ToolOutcome>): Promise<string> =>
  (await outcome).content.map((part) => (part.type === 'text' ? part.text : '')).join('');
/** A tool without arguments. */
const returning = (execute: (context: ToolContext) => unknown, options: Partial<ToolOptions<object>> = {}): Tool =>
  tool({ name: 'act', description: 'Acts.', ...options, execute: (_, context) => execute(context) as string });

describe('tool()', () => {
  it.each<[string, unknown]>([
    ['a string', 'abc'],
    ['a promise', Promise.resolve('abc')],
    ['an Observable', of('abc', 'def')],
    ['an Observable that does not complete', interval(1).pipe(map(() => 'abc'))],
    ['content', [{ type: 'text', text: 'abc' }]],
    ['a promise of content', Promise.resolve([{ type: 'text', text: 'abc' }])],
  ])('returns the first value of %s', async (_, result) => {
    expect(await call(returning(() => result))).toEqual({ content: [{ type: 'text', text: 'abc' }], isError: false });
  });

  it('returns images', async () => {
    const image = { type: 'image', data: Buffer.from([1, 2]), mediaType: 'image/png' };
    const outcome = await call(returning(() => [image]));
    expect(outcome.content).toEqual([{ ...image, data: new Uint8Array([1, 2]) }]);
  });

  it.each<[string, () => unknown, RegExp]>([
    [
      'throws',
      () => {
        throw new Error('no disk');
      },
      /^no disk$/,
    ],
    ['rejects', () => Promise.reject(new Error('no disk')), /^no disk$/],
    ['errors', () => throwError(() => new Error('no disk')), /^no disk$/],
    ['emits nothing', () => of(), /^The tool returned no result\.$/],
    ['returns nothing', () => undefined, /^The tool returned undefined instead of/],
    ['returns a number', () => 7, /^The tool returned 7 instead of/],
    ['returns an object', () => ({ a: 1 }), /^The tool returned an object instead of/],
    ['returns content of another type', () => [{ type: 'video' }], /^The tool returned content that is neither/],
    ['returns 20 MB', () => 'a'.repeat(20_000_000), /^The result of the tool has 20000002 bytes; the limit is 8388608/],
  ])('fails the call of a tool that %s', async (_, execute, message) => {
    const outcome = call(returning(execute));
    expect((await outcome).isError).toBe(true);
    expect(await text(outcome)).toMatch(message);
  });

  it('masks secrets in the message of an error', async () => {
    const failing = returning(() => Promise.reject(new Error('cannot open postgres://user:hunter2secret@db/x')));
    expect(await text(call(failing))).not.toContain('hunter2secret');
  });

  it('replaces lone surrogates, on which the CLI would stop', async () => {
    expect(await text(call(returning(() => 'a\ud800b')))).toBe('a\ufffdb');
  });

  it('fails a call without a result in time, and aborts it', async () => {
    let signal: AbortSignal | undefined;
    const slow = returning(
      (context) => {
        signal = context.signal;
        return NEVER;
      },
      { timeout: 20 },
    );
    expect(await text(call(slow))).toBe('The tool returned no result within 20 ms.');
    expect(signal?.aborted).toBe(true);
  });

  it('aborts a call when its subscriber unsubscribes, and tears down its Observable', async () => {
    const started$ = new Subject<AbortSignal>();
    let isTornDown = false;
    const waiting = returning(
      ({ signal }) =>
        new Observable<string>(() => {
          started$.next(signal);
          return () => {
            isTornDown = true;
          };
        }),
    );
    const begun = firstValueFrom(started$);
    const subscription = waiting.call$({}).subscribe();
    const signal = await begun;
    expect(signal.aborted).toBe(false);
    subscription.unsubscribe();
    expect([signal.aborted, isTornDown]).toEqual([true, true]);
  });

  it('passes the thread', async () => {
    const echo = returning(({ threadId }) => String(threadId));
    expect(await text(call(echo, {}, 'thread-1'))).toBe('thread-1');
  });

  it('runs at most `concurrency` calls at the same time, and skips those that are cancelled while they wait', async () => {
    let active = 0;
    const order: string[] = [];
    const gates = new Map([1, 2, 3, 4].map((n) => [n, new Subject<string>()]));
    const limited = tool({
      name: 'act',
      description: 'Acts.',
      concurrency: 2,
      parameters: { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] },
      execute: ({ n }) => {
        active += 1;
        order.push(`start ${n}`);
        return (gates.get(n) as Observable<string>).pipe(
          map((value) => {
            active -= 1;
            return value;
          }),
        );
      },
    });
    const first = call(limited, { n: 1 });
    const second = call(limited, { n: 2 });
    const third = limited.call$({ n: 3 }).subscribe();
    const fourth = call(limited, { n: 4 });
    const settle = () => new Promise((resolve) => setTimeout(resolve, 20));
    await settle();
    expect(order).toEqual(['start 1', 'start 2']);
    third.unsubscribe();
    gates.get(1)?.next('one');
    expect(await text(first)).toBe('one');
    await settle();
    expect(order).toEqual(['start 1', 'start 2', 'start 4']);
    expect(active).toBe(2);
    gates.get(2)?.next('two');
    gates.get(4)?.next('four');
    expect([await text(second), await text(fourth)]).toEqual(['two', 'four']);
  });
});

describe('the parameters of tool()', () => {
  const json = tool({
    name: 'act',
    description: 'Acts.',
    parameters: {
      type: 'object',
      properties: { id: { type: 'string', minLength: 2 }, sizes: { type: 'array', items: { type: 'integer' } } },
      required: ['id'],
      additionalProperties: false,
    },
    execute: ({ id, sizes }) => `${id} ${sizes?.length ?? 0}`,
  });
  const zod = tool({
    name: 'act',
    description: 'Acts.',
    parameters: z.object({ id: z.string().min(2), at: z.string().transform(Number).optional() }),
    execute: ({ id, at }) => `${id} ${typeof at}`,
  });
  const codec = tool({
    name: 'act',
    description: 'Acts.',
    parameters: t.type({ id: t.string }),
    execute: ({ id }) => id,
  });

  it('reach `execute` validated and, for a Standard Schema, transformed', async () => {
    expect(await text(call(json, { id: 'ab', sizes: [1, 2] }))).toBe('ab 2');
    expect(await text(call(zod, { id: 'ab', at: '7' }))).toBe('ab number');
    expect(await text(call(codec, { id: 'ab' }))).toBe('ab');
  });

  it.each<[string, Tool, unknown, RegExp]>([
    ['a missing one', json, {}, /invalid: .*required property "id"/],
    ['one of another type', json, { id: 7 }, /invalid: id: .*type "number" is invalid/],
    ['a nested one', json, { id: 'ab', sizes: [1, 'x'] }, /invalid: sizes\.1: .*type "string" is invalid/],
    ['an unknown one', json, { id: 'ab', more: 1 }, /invalid: .*more/],
    ['no object', json, 'x', /invalid: .*type "string" is invalid/],
    ['one that zod rejects', zod, { id: 'a' }, /invalid: id: /],
    ['one that io-ts rejects', codec, { id: 7 }, /invalid: they do not match \{ id: string \}/],
  ])('fail the call with a message for the model: %s', async (_, one, args, message) => {
    const outcome = call(one, args);
    expect((await outcome).isError).toBe(true);
    expect(await text(outcome)).toMatch(message);
  });

  it('become the JSON Schema for the model, which later changes of the object do not reach', () => {
    const parameters = { type: 'object', properties: { a: { type: 'string' } } };
    const one = tool({ name: 'act', description: 'Acts.', parameters, execute: () => '' });
    parameters.properties.a.type = 'number';
    expect(one.inputSchema).toEqual({ type: 'object', properties: { a: { type: 'string' } } });
    expect(codec.inputSchema).toMatchObject({ type: 'object', required: ['id'] });
  });

  prop.prop([fc.jsonValue()])('never make a call error', async (args) => {
    for (const one of [json, zod, codec]) expect(typeof (await call(one, args)).isError).toBe('boolean');
  });
});

describe('tool() throws a RequestError', () => {
  it.each<[string, object]>([
    ['name', { name: 'a.b' }],
    ['name', { name: 'a'.repeat(65) }],
    ['name', { name: 'mcp__x' }],
    ['name', { name: 'exec_command' }],
    ['description', { description: ' ' }],
    ['parameters', { parameters: { type: 'string' } }],
    ['parameters', { parameters: z.string() }],
    ['parameters', { parameters: { type: 'object', default: 1n } }],
    ['timeout', { timeout: -1 }],
    ['concurrency', { concurrency: 0 }],
    ['execute', { execute: 'x' }],
    ['handler', { handler: () => '' }],
  ])('for an invalid "%s"', (field, options) => {
    const valid = { name: 'act', description: 'Acts.', execute: () => '' };
    expect(() => tool({ ...valid, ...options })).toThrow(expect.objectContaining({ field }) as Error);
  });
});
