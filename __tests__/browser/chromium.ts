import { afterAll, describe, it } from '@jest/globals';
import { chromium, type Browser } from 'playwright-core';
import { CHROMIUM_ARGS, findChromium, NO_CHROMIUM } from '../../build/find-chromium.ts';

/** Tests with a browser without a window. Where none is installed they are skipped out loud, and in CI that is an error. */
export async function describeInChromium(
  name: string,
  tests: (browser: Browser) => void,
): Promise<void> {
  const executablePath = await findChromium();
  if (executablePath === null) {
    if (process.env['CI'] !== undefined) throw new Error(NO_CHROMIUM);
    console.warn(`Skipped: ${name}. ${NO_CHROMIUM}`);
    describe.skip(name, () => it('needs Chromium', () => undefined));
    return;
  }
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
  describe(name, () => {
    afterAll(() => browser.close());
    tests(browser);
  });
}
