import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseResult } from '../../../emulator/campaign/outcome.ts';
import { page } from '../../../emulator/campaign/report/page.ts';
import type { Summary } from '../../../emulator/campaign/results.ts';
import { campaignFile } from '../../support/campaigns.ts';
import { hasChromium, openBrowser } from '../../support/chromium.ts';
import { folderForTest, h5sm, ready } from './h5sm.ts';

const POINT = 'api.psa_aead_encrypt.enter';
const EFFECT = 'return(PSA_ERROR_BAD_STATE)';

describe.runIf(hasChromium)('the page of a report', () => {
  let browser: Browser;

  beforeAll(async () => {
    ready();
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  /** A page without a network: whatever it asked for beside itself would be seen. */
  const open = async (url: string): Promise<{ readonly page: Page; readonly asked: string[] }> => {
    const asked: string[] = [];
    const opened = await browser.newPage();
    opened.on('request', (request) => void asked.push(request.url()));
    opened.on('pageerror', (error) => void asked.push(error.message));
    await opened.goto(url);
    return { page: opened, asked };
  };

  it('shows points and effects, and behind a cell its cases', async () => {
    const folder = folderForTest();
    const generator = { exhaustive: { points: ['api.*.enter'], effects: ['return(documented)'] } };
    const path = campaignFile({ scenario: 'leaking', generator }, folder);
    await h5sm(['campaign', 'run', path, '--out', join(folder, 'report')]);
    const url = pathToFileURL(join(folder, 'report/index.html')).href;
    const { page: opened, asked } = await open(url);

    expect(await opened.locator('tbody th').allTextContents()).toContain(POINT);
    expect(await opened.locator('thead th').allTextContents()).toContain(EFFECT);
    const cell = opened.locator(`td[data-row="${POINT}"][data-column="${EFFECT}"]`);
    expect(await cell.getAttribute('class')).toBe('c-degraded');
    const background = await opened.evaluate<string>(
      `getComputedStyle(document.querySelector('td.c-degraded')).backgroundColor`,
    );
    expect(background).not.toBe('rgba(0, 0, 0, 0)');

    await cell.locator('button').click();
    const article = opened.locator('#cases article');
    expect(await article.count()).toBe(1);
    expect(await article.locator('h2').textContent()).toBe(`${POINT}:nth=1->${EFFECT}`);
    expect(await article.locator('.diff .minus').first().textContent()).toMatch(
      /psa_aead_encrypt\(.* = PSA_SUCCESS/,
    );
    expect(await article.locator('.diff .plus').first().textContent()).toMatch(/= PSA_ERROR_BAD_STATE/);
    const replay = await article.locator('.replay').textContent();
    expect(replay).toBe(`h5sm campaign replay ${path} --fault '${POINT}:nth=1->${EFFECT}'`);
    await opened.screenshot({
      path: join(mkdtempSync(join(tmpdir(), 'h5sm-page-')), 'report.png'),
      fullPage: true,
    });
    expect(asked).toEqual([url]);
  });

  it('filters by class and by text', async () => {
    const folder = folderForTest();
    const generator = { exhaustive: { points: ['api.*.enter'], effects: ['return(documented)'] } };
    await h5sm([
      'campaign',
      'run',
      campaignFile({ scenario: 'leaking', generator }, folder),
      '--out',
      folder,
    ]);
    const { page: opened } = await open(pathToFileURL(join(folder, 'index.html')).href);
    const rows = opened.locator('tbody th');
    const all = await rows.count();
    await opened.locator('#filters input[value="degraded"]').uncheck();
    expect(await opened.locator('td.c-degraded').count()).toBe(0);
    expect(await opened.locator('td.c-detected').count()).toBeGreaterThan(0);
    await opened.locator('#filters input[value="degraded"]').check();
    expect(await rows.count()).toBe(all);
    await opened.locator('#text').fill('psa_generate_RANDOM');
    expect(await rows.allTextContents()).toEqual(['api.psa_generate_random.enter']);
    await opened.locator('#text').fill('leak');
    expect(await opened.locator('td.c-detected').count()).toBe(0);
    expect(await opened.locator('td.c-degraded').count()).toBeGreaterThan(0);
  });

  it('takes what cases say for text, whatever it looks like', async () => {
    const markup = '</script><img src=x onerror="document.title=1">';
    const result: CaseResult = {
      index: 0,
      faults: ['rng.draw:nth=1->zero'],
      class: 'security',
      end: { kind: 'failed', why: markup },
      hits: [1],
      calls: 0,
      trace: '',
      findings: [{ oracle: 'script', class: 'security', property: markup, detail: markup }],
      replay: markup,
    };
    const golden = { trace: '', calls: [], visits: {}, findings: [] };
    const summary: Summary = {
      name: markup,
      path: '',
      profile: undefined,
      seed: undefined,
      fingerprint: '',
      cases: 1,
      patience: undefined,
      accept: [],
      golden,
    };
    const opened = await browser.newPage();
    await opened.setContent(page({ summary, results: [result] }));
    await opened.locator('td button').click();
    expect(await opened.locator('.replay').textContent()).toBe(markup);
    expect(await opened.locator('img').count()).toBe(0);
    expect(await opened.title()).toBe(`${markup}: fault campaign`);
  });
});
