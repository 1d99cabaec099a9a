import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Page } from 'playwright-core';
import type { GraphView } from '../../src/documents/graph/graph-view.ts';
import { renderGraphPage } from '../../src/documents/graph/page.ts';
import { renderGraphSvg } from '../../src/documents/graph/svg.ts';
import {
  graphModule,
  graphView,
  manyModules,
  REPOSITORY_URL,
  SIX,
} from '../support/graph-views.ts';
import { hostile } from '../unit/documents/gfm.ts';
import { describeInChromium } from './chromium.ts';

/** Kept for whoever looks: CI uploads them. */
/** CI keeps them. */
const SCREENSHOTS = path.resolve('coverage/screenshots');

await describeInChromium('the page of the graph', (browser) => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'graph-page-'));
    await mkdir(SCREENSHOTS, { recursive: true });
  });
  afterAll(async () => {
    await rm(directory, { recursive: true, force: true });
  });

  const problems: string[] = [];
  afterEach(() => expect(problems.splice(0)).toEqual([]));

  async function open(view: GraphView, scheme: 'light' | 'dark' = 'light'): Promise<Page> {
    const file = path.join(directory, `${String(view.modules.length)}.html`);
    await writeFile(file, renderGraphPage(view));
    const page = await browser.newPage({
      colorScheme: scheme,
      viewport: { width: 1280, height: 800 },
    });
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    page.on('request', (request) => {
      if (!/^(?:file|data):/u.test(request.url())) problems.push(`asked for ${request.url()}`);
    });
    await page.goto(pathToFileURL(file).href);
    return page;
  }

  it.each([6, 300])(
    'draws %p modules by day and by night, and asks nobody for anything',
    async (count) => {
      for (const scheme of ['light', 'dark'] as const) {
        const page = await open(count === 6 ? SIX : manyModules(count), scheme);
        expect(await page.locator('#graph .node').count()).toBe(count);
        const background = await page.evaluate(
          () => getComputedStyle(document.body).backgroundColor,
        );
        expect(background).toBe(scheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(13, 17, 23)');
        await page.screenshot({
          path: path.join(SCREENSHOTS, `graph-${String(count)}-${scheme}.png`),
        });
        await page.close();
      }
    },
  );

  it('opens a module’s history on click, and closes it with Escape, back where it was', async () => {
    const page = await open(SIX);
    await page.locator('[data-id=plex-auth]').click();
    const details = page.locator('#details');
    expect(await details.innerText()).toMatch(
      /Plex Authentication[\s\S]*blocked[\s\S]*event-emitter, http-client[\s\S]*plex-library[\s\S]*Attempt 1: halted, missing-type[\s\S]*Resolution: Added `PlexPin`/u,
    );
    const links = await details.getByRole('link').all();
    const addresses = links.map((link) => link.getAttribute('href'));
    expect(await Promise.all(addresses)).toEqual(
      [46, 43, 44].map((number) => `${REPOSITORY_URL}/issues/${String(number)}`),
    );
    await page.screenshot({ path: path.join(SCREENSHOTS, 'graph-6-history.png') });
    await page.keyboard.press('Escape');
    expect(await details.isVisible()).toBe(false);
    expect(await focused(page)).toBe('plex-auth');
    await page.close();
  });

  it('is used by keyboard alone: search, along the dependencies, open', async () => {
    const page = await open(SIX);
    await page.keyboard.press('/');
    await page.keyboard.type('plex lib');
    expect(await page.locator('#told').innerText()).toBe('1 of 6 modules');
    expect(await page.locator('.node:not(.faded)').count()).toBe(1);
    await page.keyboard.press('Enter');
    expect(await focused(page)).toBe('plex-library');
    await page.locator('#search').fill('');
    await page.locator('[data-id=plex-library]').focus();
    await page.keyboard.press('ArrowLeft');
    expect(await focused(page)).toBe('plex-auth');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await focused(page)).toBe('watch-history');
    await page.keyboard.press('Enter');
    expect(await page.locator('#details h2').innerText()).toBe('Watch History');
    await page.close();
  });

  it('shows only the statuses that are ticked, and keeps the others from the keyboard', async () => {
    const page = await open(SIX);
    await page.getByLabel('pending (2)').uncheck();
    expect(await page.locator('.node.faded').count()).toBe(2);
    expect(await page.locator('.node.faded[tabindex="-1"][aria-hidden=true]').count()).toBe(2);
    expect(await page.locator('#told').innerText()).toBe('4 of 6 modules');
    await page.close();
  });

  it('zooms by wheel, buttons and keys, moves by dragging, and fits again', async () => {
    const page = await open(manyModules(300));
    const whole = await viewBox(page);
    const width = async () => Number((await viewBox(page))?.split(' ')[2]);
    const first = await width();
    await page.mouse.move(600, 400);
    await page.mouse.wheel(0, -600);
    const wheeled = await width();
    expect(wheeled).toBeLessThan(first / 2);
    await page.getByLabel('Zoom in').click();
    expect(await width()).toBeCloseTo(wheeled / 1.25, 3);
    await page.keyboard.press('-');
    expect(await width()).toBeCloseTo(wheeled, 3);
    const before = await viewBox(page);
    await page.mouse.move(600, 400);
    await page.mouse.down();
    await page.mouse.move(500, 300, { steps: 3 });
    await page.mouse.up();
    expect(await viewBox(page)).not.toBe(before);
    await page.getByText('Fit', { exact: true }).click();
    expect(await viewBox(page)).toBe(whole);
    await page.close();
  });

  it('changes between light and dark at a press', async () => {
    const page = await open(SIX);
    await page.getByText('Dark', { exact: true }).click();
    const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(background).toBe('rgb(13, 17, 23)');
    expect(await page.locator('#theme').innerText()).toBe('Light');
    await page.close();
  });

  it('tells a screen reader of each module, its status and the progress', async () => {
    const page = await open(SIX);
    const tree = await page.locator('body').ariaSnapshot();
    expect(tree).toContain('progressbar "Progress"');
    for (const { name, status } of SIX.modules)
      expect(tree).toContain(`button "${name}, ${status}"`);
    await page.getByText('All modules as a table').click();
    expect(await page.getByRole('row').count()).toBe(7);
    await page.close();
  });

  it('has text that stands out from its box by 4.5 to 1, by day and by night', async () => {
    for (const scheme of ['light', 'dark'] as const) {
      const page = await open(SIX, scheme);
      const colours = await page.locator('.node').evaluateAll((nodes) =>
        nodes.map((node) =>
          ['rect', 'text'].map((part) => {
            const found = node.querySelector(part);
            return found === null ? '' : getComputedStyle(found).fill;
          }),
        ),
      );
      for (const [box = '', text = ''] of colours) {
        expect(contrast(box, text)).toBeGreaterThanOrEqual(4.5);
      }
      await page.close();
    }
  });

  it('draws a picture that is sound XML, whatever the names are', async () => {
    const page = await browser.newPage();
    await fc.assert(
      fc.asyncProperty(hostile, async (name) => {
        const svg = renderGraphSvg(graphView([graphModule('a', { name })], { title: name }));
        const errors = await page.evaluate(
          (text) =>
            new DOMParser().parseFromString(text, 'image/svg+xml').querySelectorAll('parsererror')
              .length,
          svg,
        );
        expect(errors).toBe(0);
      }),
    );
    await page.close();
  });
});

function viewBox(page: Page): Promise<string | null> {
  return page.locator('#graph').getAttribute('viewBox');
}

function focused(page: Page): Promise<string | null | undefined> {
  return page.evaluate(() => document.activeElement?.getAttribute('data-id'));
}

/** As WCAG 2 computes it (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio). */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/\d+/gu) ?? []).map((part) => {
    const share = Number(part) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
