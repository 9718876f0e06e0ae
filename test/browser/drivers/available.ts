/** Which browsers there are to run the scenarios in. */
import type { Browser, LaunchOptions } from './browser.ts';
import { launchChromium } from './chromium.ts';
import { launchFirefox } from './firefox.ts';
import { findChromium, findFirefox } from './programs.ts';

export interface Driver {
  name: Browser['name'];
  /** Of `dist`, and of the build's mode. */
  target: 'chrome' | 'firefox';
  program: string | null;
  launch(options: LaunchOptions): Promise<Browser>;
}

/** Named in `BROWSERS`, comma-separated; all of them, unless told otherwise. */
const wanted = (process.env.BROWSERS ?? 'chromium,firefox').split(',');

const all: readonly Driver[] = [
  { name: 'chromium', target: 'chrome', program: findChromium(), launch: launchChromium },
  { name: 'firefox', target: 'firefox', program: findFirefox(), launch: launchFirefox },
];

export const drivers: readonly Driver[] = all.filter(({ name }) => wanted.includes(name));
