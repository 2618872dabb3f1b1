// Sends an image with the prompt.
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
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
const image = path === undefined ? join(source.scratch, 'red.png') : resolve(source.folder, path);
if (path === undefined) writeFileSync(image, Buffer.from(RED_PIXEL, 'base64'));

const codex = createCodex({ ...source.options, timeout: 60_000 });
console.log(await lastValueFrom(codex.sendPrompt$({ prompt: 'Describe this image.', images: [image] })));
