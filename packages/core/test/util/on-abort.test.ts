import { onAbort } from '../../src/util/on-abort.js';

describe('onAbort', () => {
  it('calls each back once, and only until it is called off', () => {
    const controller = new AbortController();
    const [one, two, three] = [jest.fn(), jest.fn(), jest.fn()];
    onAbort(controller.signal, one);
    onAbort(controller.signal, two)();
    controller.abort();
    controller.abort();
    onAbort(controller.signal, three);
    expect([one, two, three].map(({ mock }) => mock.calls.length)).toEqual([1, 0, 1]);
  });
});
