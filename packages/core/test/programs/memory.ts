// Runs a request once to warm up, then once to measure the growth of the peak resident memory (MiB) of this process.
import { type AnyRunRequest, exec$, whenIdle } from '@codex-rx/core';

interface Spec {
  readonly warmUp: AnyRunRequest & { prompt: string };
  readonly request: AnyRunRequest & { prompt: string };
}

const { warmUp, request } = JSON.parse(process.argv[2] ?? '{}') as Spec;
const peak = (): number => process.resourceUsage().maxRSS / 1024;

const run = (one: Spec['request']): Promise<{ events: number; outcome: string }> =>
  new Promise((resolve) => {
    let events = 0;
    exec$(one).subscribe({
      next: () => (events += 1),
      error: (error: unknown) => {
        resolve({ events, outcome: (error as { code: string }).code });
      },
      complete: () => {
        resolve({ events, outcome: 'complete' });
      },
    });
  });

async function main(): Promise<void> {
  await run(warmUp);
  const before = peak();
  const result = await run(request);
  await whenIdle();
  process.stdout.write(JSON.stringify({ ...result, grown: peak() - before }));
}

void main();
