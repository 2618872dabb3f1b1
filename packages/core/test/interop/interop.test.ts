import {
  backpressureOf,
  forwardBackpressure,
  offerBackpressure,
  onPendingRun,
  reportPendingRun,
} from '../../src/interop/index.js';

const handle = () => ({ pause: jest.fn(), resume: jest.fn() });

describe('backpressureOf', () => {
  it('opens an independent handle per call', () => {
    const source = offerBackpressure({}, handle);
    const first = backpressureOf(source);
    first?.pause();
    expect(first?.pause).toHaveBeenCalledTimes(1);
    expect(backpressureOf(source)).not.toBe(first);
  });

  it('returns undefined for a source that cannot be paused', () => {
    expect(backpressureOf({})).toBeUndefined();
  });
});

describe('forwardBackpressure', () => {
  it('makes the result pausable only if the source is', () => {
    const opened = handle();
    const source = offerBackpressure({}, () => opened);
    expect(backpressureOf(forwardBackpressure(source, {}))).toBe(opened);
    expect(backpressureOf(forwardBackpressure({}, {}))).toBeUndefined();
  });
});

describe('reportPendingRun', () => {
  it('calls the listener of this exact signal', () => {
    const { signal } = new AbortController();
    const listener = jest.fn();
    onPendingRun(signal, listener);
    const settled = Promise.resolve();
    reportPendingRun(signal, settled);
    reportPendingRun(new AbortController().signal, settled);
    reportPendingRun(undefined, settled);
    expect(listener.mock.calls).toEqual([[settled]]);
  });
});
