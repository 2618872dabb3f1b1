import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { from } from 'rxjs';
import { collectRun } from '../../src/report/collect-run.js';
import { renderReports } from '../../src/report/render-report.js';
import { ATTACKS, attackRun, command, message, pageOf, runOf } from './support.js';

const CHROMIUM = '/usr/bin/chromium';
// Where it is not installed, the tests are reported as skipped.
const inBrowser = existsSync(CHROMIUM) ? describe : describe.skip;

let browser: Browser;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'report-'));
  if (existsSync(CHROMIUM)) browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
});
afterAll(async () => {
  if (existsSync(CHROMIUM)) await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Opened {
  readonly page: Page;
  readonly requests: readonly string[];
  readonly errors: readonly string[];
}

async function openPage(content: string, options: { readonly javaScriptEnabled?: boolean } = {}): Promise<Opened> {
  const path = join(folder, 'run.html');
  writeFileSync(path, content);
  const page = await browser.newPage(options);
  const requests: string[] = [];
  const errors: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (entry) => errors.push(entry.text()));
  await page.goto(pathToFileURL(path).href);
  return { page, requests, errors };
}

inBrowser('the page of the report in a browser', () => {
  it('executes and requests nothing of a run that attacks in every text', async () => {
    const runs = await Promise.all(ATTACKS.map((attack) => collectRun(from(attackRun(attack)), { title: attack })));
    const { page, requests, errors } = await openPage(renderReports(runs, 'html'));
    await page.click('#expand');
    const state = await page.evaluate(() => {
      const elements = [...document.querySelectorAll('*')];
      return {
        hacked: 'hacked' in globalThis,
        runs: document.querySelectorAll('section.run').length,
        foreign: document.querySelectorAll(
          'img,iframe,object,video,form,base,link,style:not(head>style),script:not(body>script)',
        ).length,
        links: [...document.links].filter(({ protocol }) => !['http:', 'https:', 'mailto:', 'file:'].includes(protocol))
          .length,
        handlers: elements.filter((one) => one.getAttributeNames().some((name) => name.startsWith('on'))).length,
      };
    });
    await page.close();

    expect(state).toEqual({ hacked: false, runs: ATTACKS.length, foreign: 0, links: 0, handlers: 0 });
    expect(requests.filter((url) => !url.startsWith('file:'))).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('searches, filters and moves by keys', async () => {
    const { page } = await openPage(
      await pageOf(runOf(message('The needle'), command('output', 1), message('Other', 'item_2'))),
    );
    const shown = () => page.locator('article.item:visible').count();
    expect(await shown()).toBe(3);

    await page.keyboard.press('/');
    await page.keyboard.type('needle');
    await page.waitForFunction(() => document.querySelector('#found')?.textContent === '1 of 3');
    expect(await shown()).toBe(1);
    await page.keyboard.press('Escape');
    await page.keyboard.press('f');
    expect(await shown()).toBe(1);
    await page.keyboard.press('f');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('r1-i1');
    await page.close();
  });

  it('can be read without scripts, and does not scroll sideways on a phone', async () => {
    const content = await pageOf(runOf(message(`Answer ${'x'.repeat(500)}`), command(`out ${'y'.repeat(500)}`)));
    const { page } = await openPage(content, { javaScriptEnabled: false });
    await page.setViewportSize({ width: 390, height: 844 });

    expect(await page.locator('.toolbar').isVisible()).toBe(false);
    expect(await page.locator('article').allInnerTexts()).toEqual([
      expect.stringContaining('Answer'),
      expect.stringContaining('out y'),
    ]);
    const { width } = (await page.locator('html').boundingBox()) ?? { width: 0 };
    expect(width).toBeLessThanOrEqual(390);
    await page.close();
  });
});
