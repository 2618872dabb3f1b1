// Checks commands against rules, without running them.
//   npm run example -- exec-policy [--live] [FILE]
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { checkExecPolicy$ } from '@codex-rx/core/commands';
import { concatMap, from, map } from 'rxjs';
import { openSource } from '../support/source.js';

await using source = await openSource();
const [path = 'example.rules'] = source.args;
const rules = resolve(source.args.length > 0 ? source.userFolder : source.scratch, path);
if (source.args.length === 0) {
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

const request = { ...source.options, workingDirectory: source.folder, rules: [rules] };
await from(commands)
  .pipe(
    concatMap((command) => checkExecPolicy$({ ...request, command }).pipe(map((result) => ({ command, ...result })))),
  )
  .forEach(({ command, decision = 'no rule', matchedRules: [rule] }) => {
    console.log(
      `${command.join(' ')}: ${decision}${rule?.justification === undefined ? '' : `. ${rule.justification}`}`,
    );
  });
