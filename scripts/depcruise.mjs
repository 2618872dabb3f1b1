// Dependency rules. The tool passes with no modules at all when it finds no compiler, so their number is checked.
import { spawnSync } from 'node:child_process';
import process from 'node:process';

const folders = ['packages/core/src', 'packages/operators/src', 'packages/testing/src', 'packages/cli/src'];
const { stdout, stderr, status } = spawnSync(
  process.execPath,
  ['node_modules/dependency-cruiser/bin/dependency-cruise.mjs', ...folders, '--config', '.dependency-cruiser.cjs'],
  { encoding: 'utf8' },
);
process.stdout.write(stdout);
process.stderr.write(stderr);
const modules = Number(/\((\d+) modules/.exec(stdout)?.[1] ?? 0);
if (status === 0 && modules < 50) {
  process.stderr.write(`Only ${modules} modules were looked at: the rules were not checked.\n`);
  process.exit(1);
}
process.exit(status ?? 1);
