import { createCodex, exec$, type RequestError } from '@codex-rx/core';
import { lastValueFrom, type Observable } from 'rxjs';

async function errorOf(run$: Observable<unknown>): Promise<RequestError> {
  return lastValueFrom(run$).then(
    () => Promise.reject(new Error('The run did not fail')),
    (error: unknown) => error as RequestError,
  );
}

describe('a request that is a string', () => {
  const advice = `The request must be an object such as { prompt: '…' }, got "hi".`;

  it.each([
    ['exec$', () => exec$('hi' as never)],
    ['a client', () => createCodex({ model: 'm' }).exec$('hi' as never)],
  ])('is rejected with advice by %s', async (_what, run$) => {
    expect(await errorOf(run$())).toMatchObject({ code: 'REQUEST_INVALID', field: 'request', message: advice });
  });
});

describe('createCodex', () => {
  it('takes defaults for ephemeral, ignoreRules, ignoreUserConfig and strict', async () => {
    const codex = createCodex({ ephemeral: true, ignoreRules: true, ignoreUserConfig: true, strict: 1 as never });
    const error = await errorOf(codex.exec$({ prompt: 'x' }));
    expect(error.message).toBe('"strict" must be true or false, got 1.');
    expect(codex.with({ ephemeral: false }).options).toMatchObject({ ephemeral: false, ignoreRules: true });
  });
});
