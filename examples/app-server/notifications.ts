// The protocol itself: requests typed by their method, and the notifications of a thread and a turn.
import { openAppServer } from '@codex-rx/core/app-server';
import { model } from '@codex-rx/testing';
import { lastValueFrom, takeWhile } from 'rxjs';
import { openSource } from '../support/source.js';

await using source = await openSource({
  script: [model.think('**Greeting**\n\nThe user greets me.'), model.say('Hello!')],
  session: 'notifications',
});
const { binary, codexHome, env, model: slug } = source.options;

await using server = await openAppServer({ binary, codexHome, env });
const notifications = server.notifications$
  .pipe(takeWhile(({ method }) => method !== 'turn/completed', true))
  .forEach((notification) => {
    // Narrowed by the method.
    if (notification.method === 'item/completed') console.log(notification.method, notification.params.item.type);
    else if (/^(thread|turn)\/(started|completed)$/.test(notification.method)) console.log(notification.method);
  });

const { thread } = await lastValueFrom(
  server.request$('thread/start', { cwd: source.folder, model: slug ?? null, sandbox: 'read-only' }),
);
const input = [{ type: 'text', text: source.args[0] ?? 'Say hello.', text_elements: [] }] as const;
await lastValueFrom(server.request$('turn/start', { threadId: thread.id, input }));
await notifications;
