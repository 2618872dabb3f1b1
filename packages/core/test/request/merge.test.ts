import { expectTypeOf } from 'expect-type';
import { mergeOptions } from '../../src/request/merge.js';
import type { CodexOptions, ExecRequest, ResumeRequest } from '../../src/request/types.js';

describe('mergeOptions', () => {
  it('lets scalars of the request replace those of the client', () => {
    expect(mergeOptions({ model: 'a', timeout: 1, profile: 'p' }, { model: 'b', timeout: 0 })).toEqual({
      model: 'b',
      timeout: 0,
      profile: 'p',
    });
  });

  it('keeps the default if the request has undefined', () => {
    expect(mergeOptions({ model: 'a' }, { model: undefined, profile: undefined })).toEqual({ model: 'a' });
  });

  it('lets false cancel a true', () => {
    expect(mergeOptions({ oss: true, search: true }, { oss: false })).toEqual({ oss: false, search: true });
  });

  it('lets an explicit inherit cancel the safety of the client', () => {
    expect(mergeOptions({ safety: 'bypass' }, { safety: 'inherit' })).toEqual({ safety: 'inherit' });
  });

  it('concatenates lists, those of the client first, and keeps duplicates', () => {
    const client = { enable: ['a', 'b'], configOverrides: ['x=1'], addDirs: ['/a'] };
    expect(mergeOptions(client, { enable: ['b'], configOverrides: ['x=2'] })).toEqual({
      enable: ['a', 'b', 'b'],
      configOverrides: ['x=1', 'x=2'],
      addDirs: ['/a'],
    });
  });

  it('merges the environment key by key, and keeps an undefined: it removes the variable', () => {
    expect(mergeOptions({ env: { A: '1', B: '2' } }, { env: { B: undefined, C: '3' } })).toStrictEqual({
      env: { A: '1', B: undefined, C: '3' },
    });
  });

  it('merges config at every depth, and removes undefined settings', () => {
    const client = { config: { a: { b: 1, c: [1] }, d: 1, e: 'x' } };
    expect(mergeOptions(client, { config: { a: { c: [2], f: true }, d: { g: 1 }, e: undefined } })).toStrictEqual({
      config: { a: { b: 1, c: [2], f: true }, d: { g: 1 } },
    });
  });

  it('replaces a Date or a list in config as a whole', () => {
    const date = new Date(0);
    expect(mergeOptions({ config: { a: { b: 1 }, d: [1] } }, { config: { a: date, d: [2] } })).toEqual({
      config: { a: date, d: [2] },
    });
  });

  it('treats a key named __proto__ as a key', () => {
    const config = JSON.parse('{"t":{"__proto__":{"x":1}}}') as CodexOptions['config'];
    const merged = mergeOptions({ config: { t: { y: 1 } } }, { config });
    expect(Object.keys(merged.config.t as object)).toEqual(['y', '__proto__']);
    expect(({} as { x?: number }).x).toBeUndefined();
  });

  it('ignores an own __proto__ of a request, as JSON.parse() creates it', () => {
    const merged = mergeOptions({ model: 'a' }, JSON.parse('{"__proto__":{"binary":"/evil"}}') as CodexOptions);
    expect((merged as CodexOptions).binary).toBeUndefined();
    expect(Object.getPrototypeOf(merged)).toBe(Object.prototype);
  });

  it('accepts tables that contain themselves, which validation rejects', () => {
    const cyclic: Record<string, unknown> = {};
    cyclic.self = cyclic;
    const config = { a: cyclic } as CodexOptions['config'];
    expect(mergeOptions({ config }, { config: { ...config } })).toHaveProperty('config.a.self');
  });

  it('merges reasoning field by field', () => {
    expect(
      mergeOptions(
        { reasoning: { effort: 'low', summary: 'auto' } },
        { reasoning: { effort: 'high', summary: undefined } },
      ),
    ).toEqual({ reasoning: { effort: 'high', summary: 'auto' } });
  });

  it('prefers the reasoning settings of the request to those of the client in any option', () => {
    const client = {
      config: { model_verbosity: 'low', other: 1 },
      configOverrides: ['model_reasoning_effort="low"', 'x=1'],
      reasoning: { summary: 'none' },
    };
    const patch = {
      reasoning: { effort: 'high', verbosity: 'high' },
      config: { model_reasoning_summary: 'auto' },
    };
    expect(mergeOptions(client, patch)).toEqual({
      config: { other: 1, model_reasoning_summary: 'auto' },
      configOverrides: ['x=1'],
      reasoning: { effort: 'high', verbosity: 'high' },
    });
  });

  it.each<[client: CodexOptions, request: CodexOptions, merged: CodexOptions]>([
    [
      { configOverrides: ['sandbox_workspace_write.network_access=true', 'x=1'] },
      { config: { sandbox_workspace_write: { network_access: false } } },
      { configOverrides: ['x=1'], config: { sandbox_workspace_write: { network_access: false } } },
    ],
    [
      { configOverrides: ['a.b=1', 'a={ b = 2, c = 3 }', 'a.d=4'] },
      { config: { a: { b: 5 } } },
      { configOverrides: ['a.d=4'], config: { a: { b: 5, c: 3 } } },
    ],
    [{ configOverrides: ['a=1'] }, { config: { a: { b: 5 } } }, { configOverrides: [], config: { a: { b: 5 } } }],
    [{ configOverrides: ['a={ b = 1 }'] }, { config: { a: {} } }, { configOverrides: [], config: { a: { b: 1 } } }],
    [{ configOverrides: ['a.b=1'] }, { config: { a: { b: undefined } } }, { configOverrides: [], config: { a: {} } }],
    [{ model: 'm' }, { config: { model: 'n' } }, { config: { model: 'n' } }],
    [
      { sandbox: 'danger-full-access' },
      { configOverrides: ['sandbox_mode="read-only"'] },
      { configOverrides: ['sandbox_mode="read-only"'] },
    ],
    [{ disable: ['f', 'g'] }, { enable: ['f'] }, { disable: ['g'], enable: ['f'] }],
    [{ enable: ['f'] }, { config: { features: { f: false } } }, { enable: [], config: { features: { f: false } } }],
    [
      { safety: 'bypass' },
      { config: { sandbox_mode: 'read-only' } },
      { safety: 'bypass', config: { sandbox_mode: 'read-only' } },
    ],
    [
      { configOverrides: ['no value', 'a=1'] },
      { config: { a: 2 } },
      { configOverrides: ['no value'], config: { a: 2 } },
    ],
  ])('merges %j and %j', (client, request, merged) => {
    expect(mergeOptions(client, request)).toEqual(merged);
  });

  it('keeps properties that are not options: the signal, the session, the operator', () => {
    const signal = new AbortController().signal;
    const session = { last: true, all: true } as const;
    const request: ResumeRequest = { signal, session, prompt: 'p' };
    const merged = mergeOptions({ model: 'm' }, request);
    expect(merged.signal).toBe(signal);
    expect(merged.session).toBe(session);
  });

  it('changes neither of the two', () => {
    const client = Object.freeze({
      env: Object.freeze({ A: '1' }),
      enable: Object.freeze(['a']),
      config: Object.freeze({ a: 1 }),
    });
    const patch = Object.freeze({
      env: Object.freeze({ B: '1' }),
      enable: Object.freeze(['b']),
      config: Object.freeze({ b: 1 }),
    });
    expect(mergeOptions(client, patch)).toEqual({
      env: { A: '1', B: '1' },
      enable: ['a', 'b'],
      config: { a: 1, b: 1 },
    });
  });

  it('has the type of the request', () => {
    const client: CodexOptions = {};
    const request: ExecRequest = { prompt: 'p' };
    expectTypeOf(mergeOptions(client, request)).toExtend<ExecRequest>();
    expectTypeOf(mergeOptions(client, request).prompt).toBeString();
    expectTypeOf(mergeOptions(client, { prompt: 'p' })).toExtend<ExecRequest>();
    expectTypeOf(mergeOptions(client, { prompt: 'p', session: 'id' })).toExtend<ResumeRequest>();
  });
});
