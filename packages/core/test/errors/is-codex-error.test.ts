import {
  type AnyCodexError,
  ExitError,
  InputError,
  isCodexError,
  RequestError,
  type TurnFailedError,
} from '@codex-rx/core/errors';
import { expectTypeOf } from 'expect-type';

const error: unknown = new RequestError('prompt', 'must not be empty.');

describe('isCodexError', () => {
  it('accepts each error of codex-rx, and no other value', () => {
    expect(isCodexError(error)).toBe(true);
    expect(isCodexError(new Error('x'))).toBe(false);
    expect(isCodexError(undefined)).toBe(false);
    if (isCodexError(error)) expectTypeOf(error).toEqualTypeOf<AnyCodexError>();
  });

  it('accepts the errors with one of the codes', () => {
    expect(isCodexError(error, 'REQUEST_INVALID')).toBe(true);
    expect(isCodexError(error, 'EXIT', 'REQUEST_INVALID')).toBe(true);
    expect(isCodexError(error, 'EXIT', 'TURN_FAILED')).toBe(false);
    expect(isCodexError(new InputError('x', 'y'), 'INPUT_FAILED')).toBe(true);
  });

  it('narrows to the classes with the codes', () => {
    if (isCodexError(error, 'TURN_FAILED', 'EXIT')) expectTypeOf(error).toEqualTypeOf<TurnFailedError | ExitError>();
    if (isCodexError(error, 'EXIT')) expectTypeOf(error).toEqualTypeOf<ExitError>();
    // @ts-expect-error there is no such code
    isCodexError(error, 'EXIT', 'EXITED');
  });
});
