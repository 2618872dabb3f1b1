// Runs the fault cases of `runConformance()` over both transports of a client, and compares the ends of the runs. Over
// the app-server, a bridge runs each turn with the fake CLI of the case.
//   npm run conformance:transports                        all cases
//   npm run conformance:transports -- --only=<pattern>    selected cases
//   npm run conformance:transports -- --write             all cases, into docs/transports.md
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { conformanceCases } from '@codex-rx/testing';
import { EXEC_ONLY } from './lib/exec-only-cases.mjs';

const PAGE = join(import.meta.dirname, '..', 'docs', 'transports.md');
const { values } = parseArgs({
  options: { only: { type: 'string' }, write: { type: 'boolean', default: false } },
});
const only = values.only === undefined ? undefined : new RegExp(values.only);
const module = join(import.meta.dirname, 'lib', 'conformance-subjects.mjs');

const unknown = Object.keys(EXEC_ONLY).filter((name) => !conformanceCases.some((one) => one.name === name));
if (unknown.length > 0) throw new Error(`No such case: ${unknown.join(', ')}.`);

async function measure(name, isIncluded) {
  const results = new Map();
  for (const one of conformanceCases) {
    if (!isIncluded(one.name) || (only !== undefined && !only.test(one.name))) continue;
    const result = await one.run({ module, name }, { request: { terminateGrace: 500 } });
    const { ok, outcome, ms, problems, detail } = result;
    process.stderr.write(`${ok ? 'as expected' : 'NOT        '} ${name} ${one.name}: ${outcome}, ${ms} ms ${problems}`);
    process.stderr.write(ok ? '\n' : ` ${detail}\n`);
    results.set(one.name, result);
  }
  return results;
}

const overExec = await measure('exec$', () => true);
const overServer = await measure('warm$', (name) => !Object.hasOwn(EXEC_ONLY, name));
const asExpected = (results) => [...results.values()].filter(({ ok }) => ok).length;
const different = [...overServer].filter(([name, { outcome }]) => outcome !== overExec.get(name)?.outcome);
const text = [
  `\`npm run conformance:transports\` runs the ${overExec.size} [fault cases](faults.md) over both transports: ` +
    `${asExpected(overExec)} of ${overExec.size} end as expected over \`exec\`, ` +
    `${asExpected(overServer)} of ${overServer.size} over the app-server; the ends of ${different.length} differ. ` +
    'The other cases make no sense over the app-server:',
  '',
  '| case | why it is not run |',
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
const isGood = [...overExec.values(), ...overServer.values()].every(({ ok }) => ok) && different.length === 0;
process.exitCode = isGood ? 0 : 1;
