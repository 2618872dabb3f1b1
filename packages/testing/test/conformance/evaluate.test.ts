import type { CaseSpec, Observation } from '../../src/conformance/case-spec.js';
import { type CaseReport, evaluateCase } from '../../src/conformance/evaluate.js';

const spec: CaseSpec = { name: 'a case', expected: 'completes', cli: [], ends: 'complete' };
const seen: Observation = { end: 'complete', events: 1, types: { 'turn.completed': 1 }, text: 'Done.', ms: 10 };
const report: CaseReport = {
  observation: seen,
  crash: undefined,
  ms: 20,
  leftProcesses: 0,
  leftFiles: [],
  rssGrowth: 3,
  trouble: [],
};
const limits = { limit: 1_000, memory: 150 };
const judged = (change: Partial<CaseReport>, case_: Partial<CaseSpec> = {}) =>
  evaluateCase({ ...spec, ...case_ }, { ...report, ...change }, limits);

describe('a case is as it should be', () => {
  it('if the run ended as expected and left nothing', () => {
    expect(judged({})).toEqual({
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

  it('although the CLI left a process that is its user’s', () => {
    expect(judged({ leftProcesses: 1 }, { mayLeave: 1 }).ok).toBe(true);
  });

  it.each(['complete', 'error', 'left'] as const)('whichever way it ended, if either will do (%s)', (end) => {
    expect(judged({ observation: { ...seen, end } }, { ends: 'settled' }).ok).toBe(true);
  });
});

describe('a case is not as it should be', () => {
  it.each<[string, Partial<CaseReport>, string]>([
    ['it ended otherwise', { observation: { ...seen, end: 'error' } }, 'it failed'],
    ['it was left by mistake', { observation: { ...seen, end: 'left' } }, 'it was left'],
    ['it did not end', { observation: undefined }, 'it did not end'],
    ['its host died', { crash: 'Error: write EPIPE' }, 'the host crashed'],
    ['it took too long', { ms: 1_001 }, 'it took 1001 ms'],
    ['processes are left', { leftProcesses: 2 }, '2 left alive'],
    ['files are left', { leftFiles: ['a'] }, '1 temporary files left'],
    ['memory grew', { rssGrowth: 151 }, 'memory grew by 151 MiB'],
    ['somebody was warned', { trouble: ['Warning: leak'] }, 'Warning: leak'],
  ])('if %s', (_why, change, problem) => {
    expect(judged(change)).toMatchObject({ ok: false, problems: [problem] });
  });

  it('if its own check finds something', () => {
    expect(judged({}, { check: ({ text }) => `the message is ${text}` }).problems).toEqual(['the message is Done.']);
  });

  it('if more processes are left than may be', () => {
    expect(judged({ leftProcesses: 2 }, { mayLeave: 1 }).ok).toBe(false);
  });

  it('and its own check is not asked about a run that a crash cut off, or that ended otherwise', () => {
    const check = jest.fn();
    judged({ crash: 'Error: write EPIPE' }, { check });
    judged({ observation: { ...seen, end: 'error' } }, { check });
    expect(check).not.toHaveBeenCalled();
  });
});

describe('the detail', () => {
  it('has name, code and text of the error, in one line and not too long', () => {
    const error = { name: 'ExitError', code: 'EXIT', text: `it\nfailed ${'x'.repeat(1_000)}` };
    const { detail } = judged({ observation: { ...seen, end: 'error', error } });
    expect(detail).toMatch(/^ExitError EXIT it failed x+$/);
    expect(detail).toHaveLength(200);
  });

  it('of a crash is what the host said last', () => {
    expect(judged({ crash: 'Error: write EPIPE (exit code 1)' })).toMatchObject({
      outcome: 'crashed',
      detail: 'Error: write EPIPE (exit code 1)',
    });
  });
});
