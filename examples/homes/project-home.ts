// Gives each project a home of its own, with the login of another home.
//   npm run example -- project-home --live    copies your login into a home that is removed at the end
import { join } from 'node:path';
import { createCodex } from '@codex-rx/core';
import { codexHome } from '@codex-rx/core/home';
import { lastValueFrom } from 'rxjs';
import { openSource } from '../support/source.js';

await using source = await openSource();
const login = codexHome(source.options.codexHome ?? process.env.CODEX_HOME ?? `${process.env.HOME ?? ''}/.codex`);
if (!source.isLive) {
  await lastValueFrom(
    createCodex(source.options).auth.login$({ method: 'apiKey', apiKey: 'sk-example-0123456789abcdef' }),
  );
}

const home = codexHome(join(source.scratch, 'home'));
const { copiedAuth } = home.seedAuthFrom(login, { requireAuth: true });
console.log(`login copied: ${copiedAuth}`);

const codex = createCodex({ ...source.options, codexHome: home.root });
const status = await lastValueFrom(codex.auth.status$());
console.log(status.state === 'loggedIn' ? `logged in by ${status.method}` : status.state);
const { sessions } = await home.inspect();
console.log(`sessions: ${sessions.count}`); // only the login is copied
