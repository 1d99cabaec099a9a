import { access, constants } from 'node:fs/promises';
import { afterAll, describe, it } from '@jest/globals';
import { chromium, type Browser } from 'playwright-core';

/** Where Debian, Ubuntu and their like put it; `CHROMIUM` names another. */
const PLACES = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** Tests with a browser without a window. Where none is installed they are skipped out loud, and in CI that is an error. */
export async function describeInChromium(
  name: string,
  tests: (browser: Browser) => void,
): Promise<void> {
  const executablePath = await findChromium();
  if (executablePath === null) {
    const fix = 'On Debian: apt-get install chromium.';
    if (process.env['CI'] !== undefined) throw new Error(`No Chromium was found. ${fix}`);
    console.warn(`Skipped, since no Chromium was found: ${name}. ${fix}`);
    describe.skip(name, () => it('needs Chromium', () => undefined));
    return;
  }
  const browser = await chromium.launch({
    executablePath,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  describe(name, () => {
    afterAll(() => browser.close());
    tests(browser);
  });
}

async function findChromium(): Promise<string | null> {
  for (const place of PLACES) {
    if (place !== undefined && (await isExecutable(place))) return place;
  }
  return null;
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
