import '../../src/jest/index.js';
import { failureMessage } from '../helpers/matched-runs.js';

describe('observeRun', () => {
  it('throws for a value that is not a stream, without starting a timer', async () => {
    const timers = jest.spyOn(global, 'setTimeout');
    timers.mockClear();
    const message = await failureMessage(expect(5 as never).toEndTurn('completed'));
    expect(message).toContain("You provided '5' where a stream was expected");
    expect(timers).not.toHaveBeenCalled();
    timers.mockRestore();
  });
});
