import { inspect } from 'node:util';
import * as errors from '../../src/errors/index.js';
import { redactError } from '../../src/secrets/redact-error.js';
import { errorClasses, errorSamples } from '../errors/support/samples.js';

const SECRET = 'hunter2hunter2';
/** Their fields belong to the application or to an event that was emitted before. */
const EXEMPT = ['AbortError', 'IdleTimeoutError'];
const samples = Object.entries(errorSamples(SECRET)).filter(([name]) => !EXEMPT.includes(name));

describe('redactError', () => {
  it('is tested with every error class', () => {
    expect(samples.map(([name]) => name).sort()).toEqual(errorClasses.filter((name) => !EXEMPT.includes(name)).sort());
  });

  it.each(samples)('removes a secret from every field of a %s', (_name, create) => {
    const error = redactError(create(), [SECRET]);
    const shown = [inspect(error, { depth: 20, showHidden: true }), String(error), JSON.stringify(error), error.stack];
    expect(shown.join('\n')).not.toContain(SECRET);
    expect(shown.join('\n')).toContain('***');
  });

  it('returns errors of the application unchanged', () => {
    const error = new Error(SECRET);
    expect(redactError(error, [SECRET]).message).toBe(SECRET);
    expect(redactError('text', [SECRET])).toBe('text');
    const reason = { secret: SECRET };
    expect(redactError(new errors.AbortError(reason), [SECRET]).reason).toEqual({ secret: SECRET });
  });

  it('accepts errors that contain themselves', () => {
    const error = new errors.InputError(SECRET, SECRET);
    Object.assign(error, { self: error });
    expect(redactError(error, [SECRET]).message).not.toContain(SECRET);
  });
});
