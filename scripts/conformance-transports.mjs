// Runs the fault cases of `runConformance()` over a warm server. The tests run them over `exec`. A bridge runs each
// turn with the fake CLI of the case.
//   npm run conformance:transports                        all cases
//   npm run conformance:transports -- --only=<pattern>    selected cases
//   npm run conformance:transports -- --write             all cases, into docs/transports.md
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { conformanceCases } from '@codex-rx/testing';
import { EXEC_ONLY } from './lib/exec-only-cases.mjs';

/** The bridge needs half a minute for 200 MB. */
const LIMIT_MS = 90_000;
const PAGE = join(import.meta.dirname, '..', 'docs', 'transports.md');
const { values } = parseArgs({
  options: { only: { type: 'string' }, write: { type: 'boolean', default: false } },
});
const only = values.only === undefined ? undefined : new RegExp(values.only);
const module = join(import.meta.dirname, 'lib', 'conformance-subjects.mjs');

const unknown = Object.keys(EXEC_ONLY).filter((name) => !conformanceCases.some((one) => one.name === name));
if (unknown.length > 0) throw new Error(`No such case: ${unknown.join(', ')}.`);

const results = [];
for (const one of conformanceCases) {
  if (Object.hasOwn(EXEC_ONLY, one.name) || (only !== undefined && !only.test(one.name))) continue;
  const result = await one.run({ module, name: 'warm$' }, { request: { terminateGrace: 500 }, limit: LIMIT_MS });
  const { ok, outcome, ms, problems, detail } = result;
  process.stderr.write(`${ok ? 'as expected' : 'NOT        '} ${one.name}: ${outcome}, ${ms} ms ${problems} `);
  process.stderr.write(ok ? '\n' : `${detail}\n`);
  results.push(result);
}

const good = results.filter(({ ok }) => ok).length;
const text = [
  `Of the [fault cases](faults.md), ${results.length} make sense over the app-server; ${good} of them end as over`,
  '`exec` (`npm run conformance:transports`). The other cases are:',
  '',
  '| case | why it makes no sense |',
  '| --- | --- |',
  ...Object.entries(EXEC_ONLY).map(([name, reason]) => `| ${name} | ${reason} |`),
].join('\n');
process.stdout.write(`${text}\n`);
if (values.write) {
  const page = readFileSync(PAGE, 'utf8');
  const [start, end] = ['<!-- faults -->\n', '<!-- /faults -->'];
  const [before, rest] = [page.slice(0, page.indexOf(start) + start.length), page.slice(page.indexOf(end))];
  writeFileSync(PAGE, `${before}\n${text}\n\n${rest}`);
}
process.exitCode = good === results.length ? 0 : 1;
