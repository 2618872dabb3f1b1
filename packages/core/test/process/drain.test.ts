import { drain } from '../../src/process/drain.js';

const never = new Promise(() => undefined);

describe('drain', () => {
  it('is over when the pipe ends', async () => {
    const start = performance.now();
    await drain({ ended: Promise.resolve(), chunks: () => 0, isHeldBack: () => false });
    expect(performance.now() - start).toBeLessThan(30_000);
  });

  it('does not wait for a silent pipe that somebody else holds', async () => {
    let asked = 0;
    await drain({
      ended: never,
      chunks: () => {
        asked += 1;
        return 7;
      },
      isHeldBack: () => false,
    });
    expect(asked).toBeGreaterThan(5);
    expect(asked).toBeLessThan(60);
  });

  it('does not wait for ever for somebody else who goes on writing', async () => {
    let chunks = 0;
    await drain({ ended: never, chunks: () => (chunks += 1), isHeldBack: () => false });
    expect(chunks).toBeGreaterThan(20);
  });

  it('waits as long as its consumer holds the pipe back, and then for silence anew', async () => {
    let steps = 0;
    let isOver = false;
    const done = drain({
      ended: never,
      chunks: () => 0,
      isHeldBack: () => {
        steps += 1;
        return steps < 30;
      },
    }).then(() => (isOver = true));
    while (steps < 30) {
      expect(isOver).toBe(false);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await done;
    expect(steps).toBeGreaterThanOrEqual(39);
  });

  it('counts turns of the event loop, not time: a blocked one is not silence', async () => {
    let chunks = 0;
    let isOver = false;
    const done = drain({ ended: never, chunks: () => chunks, isHeldBack: () => false }).then(() => (isOver = true));
    for (let round = 0; round < 3; round += 1) {
      const end = performance.now() + 400;
      while (performance.now() < end);
      await new Promise((resolve) => setImmediate(resolve));
      expect(isOver).toBe(false);
      chunks += 1;
    }
    await done;
  });
});
