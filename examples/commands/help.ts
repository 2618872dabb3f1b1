// Prints the first line of each help page of the CLI.
import { createCodex } from '@codex-rx/core';
import type { HelpScope } from '@codex-rx/core/commands';
import { concatMap, from, map } from 'rxjs';
import { openSource } from '../support/source.js';

await using source = await openSource();
const codex = createCodex(source.options);
const scopes: readonly HelpScope[] = ['root', 'exec', 'features', 'login', 'app-server', 'sandbox', 'cloud', 'mcp'];

await from(scopes)
  .pipe(concatMap((scope) => codex.help$({ scope }).pipe(map((text) => [scope, text.split('\n')[0]] as const))))
  .forEach(([scope, line]) => {
    console.log(`${scope}: ${line ?? ''}`);
  });
