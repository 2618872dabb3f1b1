import fc from 'fast-check';
import { checkSession } from '../../src/run/check-session.js';

describe('checkSession', () => {
  const now = Date.UTC(2026, 10, 23);
  const id = (at: number): string => {
    const time = at.toString(16).padStart(12, '0');
    return `${time.slice(0, 8)}-${time.slice(8)}-7abc-8def-0123456789ab`;
  };
  const check = (session: string | { last: true }, thread_id: string, onMissing?: 'new') =>
    checkSession({ command: 'resume', prompt: 'x', session, onMissing }, { type: 'thread.started', thread_id }, now);

  it('compares ids, in any spelling', () => {
    const thread = fc.integer({ min: now - 1e11, max: now + 1e11 }).map(id);
    fc.assert(
      fc.property(thread, thread, (asked, started) => {
        const checked = check(asked.toUpperCase(), started);
        expect(checked).toMatchObject(
          asked === started ? { resumed: true } : { code: 'SESSION_NOT_FOUND', startedThreadId: started },
        );
      }),
    );
    expect(check(id(now), id(now))).toMatchObject({ resumed: true });
  });

  it('tells by the time in the id whether a thread that was not named by its id is new', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.constantFrom('a name', { last: true as const }),
        (age, session) => {
          const checked = check(session, id(now - age));
          expect('code' in checked).toBe(age <= 0);
        },
      ),
    );
  });

  it('takes an id that tells no time for an old thread', () => {
    expect(check('a name', 'thread-7')).toMatchObject({ resumed: true });
    expect(check('a name', '9a205c4f-69f5-4682-91b9-0f9fa5d429a7')).toMatchObject({ resumed: true });
  });

  it("accepts a new thread with onMissing: 'new', without calling it resumed", () => {
    expect(check('a name', id(now + 5), 'new')).toEqual({ type: 'thread.started', thread_id: id(now + 5) });
  });
});
