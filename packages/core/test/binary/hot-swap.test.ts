import { renameSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { exec$, type ThreadEvent, watchBinary$ } from '@codex-rx/core';
import { openFakeCodex } from '@codex-rx/testing';
import { filter, firstValueFrom, ReplaySubject, skip, switchMap } from 'rxjs';

const saying = (text: string) =>
  ({
    steps: [
      { line: { type: 'thread.started', thread_id: '01a205c4-69f5-7682-91b9-0f9fa5d429a7' } },
      { line: { type: 'turn.started' } },
      { line: { type: 'item.completed', item: { id: 'item_0', type: 'agent_message', text } } },
      { line: { type: 'turn.completed', usage: { input_tokens: 1, cached_input_tokens: 0, output_tokens: 1 } } },
    ],
  }) as const;

describe('a hot swap', () => {
  it('runs the request again with the binary that replaced the first one', async () => {
    await using one = await openFakeCodex(saying('from the first'));
    await using two = await openFakeCodex(saying('from the second'));
    const current = join(dirname(one.binary), 'current');
    symlinkSync(one.binary, current);

    const messages$ = new ReplaySubject<string>(Infinity);
    const subscription = watchBinary$(current, { stableFor: 10, interval: 5 })
      .pipe(
        switchMap((binary) => exec$({ prompt: 'Say who you are.', binary })),
        filter((event: ThreadEvent) => event.type === 'item.completed'),
      )
      .subscribe(({ item }) => {
        messages$.next(item.type === 'agent_message' ? item.text : '');
      });
    try {
      expect(await firstValueFrom(messages$)).toBe('from the first');
      symlinkSync(two.binary, `${current}.next`);
      renameSync(`${current}.next`, current);
      expect(await firstValueFrom(messages$.pipe(skip(1)))).toBe('from the second');
    } finally {
      subscription.unsubscribe();
    }
  });
});
