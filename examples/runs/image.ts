// Sends an image with the prompt: from memory, or a file.
//   npm run example -- image [--live] [FILE]
import { resolve } from 'node:path';
import { createCodex } from '@codex-rx/core';
import { model } from '@codex-rx/testing';
import { lastValueFrom } from 'rxjs';
import { openSource } from '../support/source.js';

const RED_PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC';

await using source = await openSource({
  // This model sees no image: it answers by the request that the CLI sends.
  script: [
    model.whenever(({ body }) => JSON.stringify(body).includes('"input_image"'), model.say('I see an image.')),
    model.whenever(/./, model.say('I see no image.')),
  ],
});

const [path] = source.args;
const image =
  path === undefined
    ? ({ data: Buffer.from(RED_PIXEL, 'base64'), mediaType: 'image/png' } as const)
    : resolve(source.userFolder, path);

const codex = createCodex({ ...source.options, timeout: 60_000 });
console.log(await lastValueFrom(codex.sendPrompt$({ prompt: 'Describe this image.', images: [image] })));
