// The agent reads and changes the state of this program.
import { createCodex, tool } from '@codex-rx/core';
import { finalMessage } from '@codex-rx/operators';
import { model } from '@codex-rx/testing';
import { BehaviorSubject, lastValueFrom, map } from 'rxjs';
import { z } from 'zod';
import { openSource } from '../support/source.js';

const stock$ = new BehaviorSubject<Readonly<Record<string, number>>>({ apples: 3, pears: 0 });

// The first value counts: the current one of a BehaviorSubject.
const readStock = tool({
  name: 'read_stock',
  description: 'Returns how many pieces of each article are in stock, as JSON.',
  execute: () => stock$.pipe(map((stock) => JSON.stringify(stock))),
});
const order = tool({
  name: 'order',
  description: 'Orders pieces of an article.',
  parameters: z.object({ article: z.string(), pieces: z.number().int().positive().max(100) }),
  execute: ({ article, pieces }) => {
    const stock = stock$.value;
    // The model sees the message, and can try again.
    if (!Object.hasOwn(stock, article)) throw new Error(`There is no article "${article}".`);
    stock$.next({ ...stock, [article]: (stock[article] ?? 0) + pieces });
    return `${pieces} ${article} are ordered.`;
  },
});

await using source = await openSource({
  script: [
    model.tool('read_stock'),
    model.tool('order', { article: 'peaches', pieces: 5 }),
    model.tool('order', { article: 'pears', pieces: 5 }),
    model.say('I ordered 5 pears.'),
  ],
});
const codex = createCodex({ ...source.options, workingDirectory: source.folder, tools: [readStock, order] });
const prompt = source.args[0] ?? 'Order 5 pieces of what is out of stock.';
const answer = await lastValueFrom(codex.exec$({ prompt }).pipe(finalMessage()));
console.log(JSON.stringify(stock$.value));
console.log(answer);
