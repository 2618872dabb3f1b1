// Shows each command and each diff of the agent in the terminal, and asks. "s" remembers the answer for the session.
import { approvals, openAppServer } from '@codex-rx/core/app-server';
import { model } from '@codex-rx/testing';
import { lastValueFrom } from 'rxjs';
import { openSource } from '../support/source.js';

await using source = await openSource({
  script: [
    model.run('touch hello.txt'),
    model.patch('*** Add File: notes.txt\n+One line.'),
    model.say('I tried to create two files.'),
  ],
  session: 'approvals',
});
const { binary, codexHome, env, model: slug } = source.options;

// Without a terminal, the end of the input declines.
await using server = await openAppServer({ binary, codexHome, env, approvals: approvals.inTerminal() });
const thread = await lastValueFrom(
  server.thread.start$({
    model: slug,
    workingDirectory: source.folder,
    sandbox: 'workspace-write',
    // Asks for every command that is not known to be safe.
    approvalPolicy: 'untrusted',
  }),
);
const result = await lastValueFrom(thread.runTurn$(source.args[0] ?? 'Create two files.'));
for (const { command, status } of result.commands) console.log(`${status}: ${command}`);
console.log(result.text);
