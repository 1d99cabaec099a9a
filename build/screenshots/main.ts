import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser } from 'playwright-core';
import { CHROMIUM_ARGS, findChromium, NO_CHROMIUM } from '../find-chromium.ts';
import { writeGraphPage } from './graph-page.ts';
import { PICTURES, type Scheme } from './pictures.ts';

const HOME = path.resolve(import.meta.dirname, '../..');
const IMAGES = path.join(HOME, 'docs/images');

/** As wide as GitHub's column of comments; a picture is no more than half as large again, to stay small. */
const WIDTH = 860;
const SCALE = 1.25;

const [folder = path.join(HOME, 'demo-output')] = process.argv.slice(2);
try {
  await takeScreenshots(path.resolve(folder));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/** Takes the README's pictures of what a demo left behind. */
async function takeScreenshots(demo: string): Promise<void> {
  if (!existsSync(path.join(demo, 'dashboard-midway.md'))) {
    throw new Error(`No demo is kept in ${demo}. Play it before: npm run demo.`);
  }
  const executablePath = await findChromium();
  if (executablePath === null) throw new Error(NO_CHROMIUM);
  await mkdir(IMAGES, { recursive: true });
  const pages = await mkdtemp(path.join(os.tmpdir(), 'screenshots-'));
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
  try {
    for (const { name, page, schemes, height } of PICTURES) {
      const file = path.join(pages, `${name}.html`);
      await writeFile(file, await page(demo));
      for (const scheme of schemes)
        await shootConversation(browser, { file, name, scheme, height });
    }
    const graph = path.join(pages, 'graph.html');
    await writeGraphPage(demo, graph);
    for (const scheme of ['light', 'dark'] as const) await shootGraph(browser, graph, scheme);
  } finally {
    await browser.close();
    await rm(pages, { recursive: true, force: true });
  }
}

interface Shot {
  readonly file: string;
  readonly name: string;
  readonly scheme: Scheme;
  readonly height: number;
}

/** The page from its top down to `height`, or to its end where that is nearer. */
async function shootConversation(browser: Browser, shot: Shot): Promise<void> {
  const { file, name, scheme, height } = shot;
  const viewport = { width: WIDTH, height };
  const page = await browser.newPage({ colorScheme: scheme, viewport, deviceScaleFactor: SCALE });
  await page.goto(pathToFileURL(file).href);
  await page.waitForSelector('body[data-drawn]');
  const whole = (await page.locator('body').boundingBox())?.height ?? height;
  if (whole > height) await page.evaluate("document.body.classList.add('cut')");
  await page.setViewportSize({ width: WIDTH, height: Math.min(height, Math.ceil(whole)) });
  await tell(await savedAs(name, scheme, (to) => page.screenshot({ path: to })));
  await page.close();
}

/** The page with the blocked module's history open. */
async function shootGraph(browser: Browser, file: string, scheme: Scheme): Promise<void> {
  const viewport = { width: 1100, height: 560 };
  const page = await browser.newPage({ colorScheme: scheme, viewport, deviceScaleFactor: SCALE });
  await page.goto(pathToFileURL(file).href);
  await page.locator('[data-id=plex-library]').click();
  await tell(await savedAs('graph', scheme, (to) => page.screenshot({ path: to })));
  await page.close();
}

async function savedAs(
  name: string,
  scheme: Scheme,
  save: (file: string) => Promise<unknown>,
): Promise<string> {
  const file = path.join(IMAGES, `${name}-${scheme}.png`);
  await save(file);
  return file;
}

async function tell(file: string): Promise<void> {
  const kilobytes = Math.round((await stat(file)).size / 1024);
  console.log(`${path.relative(HOME, file)}  ${kilobytes} KB`);
}
