import {
  backpressureOf,
  forwardBackpressure,
  observePauses,
  offerBackpressure,
  onPendingRun,
  openPauseReport,
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

describe('observePauses', () => {
  it('reports the pauses of a source that is subscribed to within, once each', () => {
    const listener = handle();
    const report = observePauses(listener, openPauseReport);
    report?.resume();
    expect(listener.resume).not.toHaveBeenCalled();
    report?.pause();
    report?.pause();
    report?.resume();
    report?.resume();
    expect(listener.pause).toHaveBeenCalledTimes(1);
    expect(listener.resume).toHaveBeenCalledTimes(1);
  });

  it('reports to all listeners around the source', () => {
    const outer = handle();
    const inner = handle();
    const report = observePauses(outer, () => observePauses(inner, openPauseReport));
    report?.pause();
    expect([outer.pause, inner.pause].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
  });

  it('has no listener outside, also after an exception', () => {
    const fail = () => {
      throw new Error('boom');
    };
    expect(() => observePauses(handle(), fail)).toThrow('boom');
    expect(openPauseReport()).toBeUndefined();
  });
});
