import type { CaseSpec, Observation } from '../../src/conformance/case-spec.js';
import { type CaseReport, evaluateCase } from '../../src/conformance/evaluate.js';

const spec: CaseSpec = { name: 'a case', expected: 'completes', cli: [], ends: 'complete' };
const observation: Observation = { end: 'complete', events: 1, types: { 'turn.completed': 1 }, text: 'Done.', ms: 10 };
const report: CaseReport = {
  observation,
  crash: undefined,
  ms: 20,
  leftProcesses: 0,
  leftFiles: [],
  rssGrowth: 3,
  hostProblems: [],
};
const limits = { limit: 1_000, memory: 150 };
const evaluate = (change: Partial<CaseReport>, specChange: Partial<CaseSpec> = {}) =>
  evaluateCase({ ...spec, ...specChange }, { ...report, ...change }, limits);

describe('evaluateCase accepts a case', () => {
  it('whose run ended as expected and left nothing', () => {
    expect(evaluate({})).toEqual({
      name: 'a case',
      expected: 'completes',
      outcome: 'completed',
      detail: '',
      ms: 20,
      leftProcesses: 0,
      leftFiles: [],
      rssGrowth: 3,
      ok: true,
      problems: [],
    });
  });

  it('with an allowed process of the user', () => {
    expect(evaluate({ leftProcesses: 1 }, { allowedProcesses: 1 }).ok).toBe(true);
  });

  it.each(['complete', 'error', 'unsubscribed'] as const)('with each end if any is expected (%s)', (end) => {
    expect(evaluate({ observation: { ...observation, end } }, { ends: 'any' }).ok).toBe(true);
  });
});

describe('evaluateCase reports a problem', () => {
  it.each<[string, Partial<CaseReport>, string]>([
    ['the run ended differently', { observation: { ...observation, end: 'error' } }, 'it failed'],
    ['the run was unsubscribed', { observation: { ...observation, end: 'unsubscribed' } }, 'it was unsubscribed'],
    ['the run did not end', { observation: undefined }, 'it did not end'],
    ['the host crashed', { crash: 'Error: write EPIPE' }, 'the host crashed'],
    ['the run took too long', { ms: 1_001 }, 'it took 1001 ms'],
    ['processes are alive', { leftProcesses: 2 }, '2 processes alive'],
    ['files remain', { leftFiles: ['a'] }, '1 temporary file left'],
    ['memory grew', { rssGrowth: 151 }, 'memory grew by 151 MiB'],
    ['a warning was emitted', { hostProblems: ['Warning: leak'] }, 'Warning: leak'],
  ])('if %s', (_why, change, problem) => {
    expect(evaluate(change)).toMatchObject({ ok: false, problems: [problem] });
  });

  it('if the check returns one', () => {
    expect(evaluate({}, { check: ({ text }) => `the message is ${text}` }).problems).toEqual(['the message is Done.']);
  });

  it('if more processes are alive than allowed', () => {
    expect(evaluate({ leftProcesses: 2 }, { allowedProcesses: 1 }).ok).toBe(false);
  });

  it('without calling the check if the host crashed or the run ended differently', () => {
    const check = jest.fn();
    evaluate({ crash: 'Error: write EPIPE' }, { check });
    evaluate({ observation: { ...observation, end: 'error' } }, { check });
    expect(check).not.toHaveBeenCalled();
  });
});

describe('the detail of a result', () => {
  it('is the name, code and text of the error in one truncated line', () => {
    const error = { name: 'ExitError', code: 'EXIT', text: `it\nfailed ${'x'.repeat(1_000)}` };
    const { detail } = evaluate({ observation: { ...observation, end: 'error', error } });
    expect(detail).toMatch(/^ExitError EXIT it failed x+$/);
    expect(detail).toHaveLength(200);
  });

  it('is the error of a crashed host', () => {
    expect(evaluate({ crash: 'Error: write EPIPE (exit code 1)' })).toMatchObject({
      outcome: 'crashed',
      detail: 'Error: write EPIPE (exit code 1)',
    });
  });
});
