// Reads, creates and removes a login, in a home of its own.
//   npm run example -- auth --live    only prints the status of your own login
import { createCodex } from '@codex-rx/core';
import { lastValueFrom } from 'rxjs';
import { openSource } from '../support/source.js';

await using source = await openSource();
const { auth } = createCodex(source.options);

async function printStatus() {
  const status = await lastValueFrom(auth.status$());
  console.log(status.state === 'loggedIn' ? `logged in: ${status.maskedKey ?? status.method}` : 'logged out');
}

await printStatus();
if (!source.isLive) {
  // Keys go to standard input, never into arguments. `deviceCode` and `browser` emit the page that a user has to open.
  await lastValueFrom(auth.login$({ method: 'apiKey', apiKey: 'sk-example-0123456789abcdef' }));
  await printStatus();

  // Only if needed: keeps the login that exists.
  await lastValueFrom(auth.ensureApiKey$({ apiKey: 'sk-another-0123456789abcdef' }));
  await printStatus();

  const { state } = await lastValueFrom(auth.logout$());
  console.log(state);
}
