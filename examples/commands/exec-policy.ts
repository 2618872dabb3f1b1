// Checks commands against rules, without running them.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkExecPolicy$ } from '@codex-rx/core/commands';
import { concatMap, from, map } from 'rxjs';
import { openSource } from '../support/source.js';

await using source = await openSource();
const rules = join(source.folder, 'example.rules');
if (!source.isLive) {
  writeFileSync(
    rules,
    `prefix_rule(pattern = ["git", "status"], decision = "allow")
prefix_rule(pattern = ["git", "push"], decision = "forbidden", justification = "A person pushes.")
`,
  );
}

const commands = [
  ['git', 'status'],
  ['git', 'push'],
  ['echo', 'ok'],
];

// --live checks your own file: npm run example -- exec-policy --live path/to/file.rules
const request = { ...source.options, workingDirectory: source.folder, rules: [source.args[0] ?? rules] };
await from(commands)
  .pipe(
    concatMap((command) => checkExecPolicy$({ ...request, command }).pipe(map((result) => ({ command, ...result })))),
  )
  .forEach(({ command, decision = 'no rule', matchedRules: [rule] }) => {
    console.log(
      `${command.join(' ')}: ${decision}${rule?.justification === undefined ? '' : `. ${rule.justification}`}`,
    );
  });
