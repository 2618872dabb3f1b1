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

  it('calls the callback of a second run that reuses the signal of a finished one', () => {
    const controller = new AbortController();
    const [first, second] = [jest.fn(), jest.fn()];
    onAbort(controller.signal, first)();
    onAbort(controller.signal, second);
    controller.abort();
    expect([first, second].map(({ mock }) => mock.calls.length)).toEqual([0, 1]);
  });

  it('keeps the callback of a second run when the first one is removed twice', () => {
    const controller = new AbortController();
    const second = jest.fn();
    const stop = onAbort(controller.signal, jest.fn());
    stop();
    onAbort(controller.signal, second);
    stop();
    controller.abort();
    expect(second).toHaveBeenCalledTimes(1);
  });

  it('calls all callbacks, also those that remove others', () => {
    const controller = new AbortController();
    const second = jest.fn();
    onAbort(controller.signal, () => {
      stop();
    });
    const stop = onAbort(controller.signal, second);
    controller.abort();
    expect(second).toHaveBeenCalledTimes(1);
  });

  it('has one listener for any number of callbacks, and none after the last', () => {
    const { signal } = new AbortController();
    const add = jest.spyOn(signal, 'addEventListener');
    const remove = jest.spyOn(signal, 'removeEventListener');
    const stops = [jest.fn(), jest.fn(), jest.fn()].map((callback) => onAbort(signal, callback));
    expect(add).toHaveBeenCalledTimes(1);
    stops[0]?.();
    stops[1]?.();
    expect(remove).not.toHaveBeenCalled();
    stops[2]?.();
    expect(remove.mock.calls).toEqual([['abort', add.mock.calls[0]?.[1]]]);
  });
});
