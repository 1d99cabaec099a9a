import { access, constants } from 'node:fs/promises';

/** Where Debian, Ubuntu and their like put it; `CHROMIUM` names another. */
const PLACES = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** How it is started without a window, also where everything runs as root. */
export const CHROMIUM_ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
];

export const NO_CHROMIUM = 'No Chromium was found. On Debian: apt-get install chromium.';

export async function findChromium(): Promise<string | null> {
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
