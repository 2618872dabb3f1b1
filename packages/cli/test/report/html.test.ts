import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readEvents$ } from '@codex-rx/core';
import { HtmlValidate } from 'html-validate';
import { collectRun } from '../../src/report/collect-run.js';
import { renderReports } from '../../src/report/render-report.js';
import { ATTACKS, attackRun, pageOf } from './support.js';

const validator = new HtmlValidate({ extends: ['html-validate:standard'] });

async function problems(page: string): Promise<readonly string[]> {
  const { results } = await validator.validateString(page);
  return results.flatMap(({ messages }) =>
    messages.map(({ line, ruleId, message }) => `${line} ${ruleId}: ${message}`),
  );
}

const fixtures = join(__dirname, '..', '..', '..', '..', 'fixtures');
const versions = readdirSync(fixtures, { withFileTypes: true }).filter((entry) => entry.isDirectory());

describe('the page of the report', () => {
  it.each(versions.map(({ name }) => [name]))('is valid HTML for every fixture of %s', async (version) => {
    const names = readdirSync(join(fixtures, version)).filter((name) => name.endsWith('.jsonl'));
    const runs = await Promise.all(
      names.map((name) => collectRun(readEvents$(join(fixtures, version, name)), { title: name })),
    );

    expect(runs.length).toBeGreaterThan(0);
    expect(await problems(renderReports(runs, 'html'))).toEqual([]);
  });

  it.each(ATTACKS.map((attack) => [attack]))('is valid HTML if every text of the run is %j', async (attack) => {
    expect(await problems(await pageOf(attackRun(attack)))).toEqual([]);
  });
});
