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
  /** Hosts that the browser itself asks for its own ends whatever it is told. Nothing of the extension may ever need one. */
  errands: ReadonlySet<string>;
  launch(options: LaunchOptions): Promise<Browser>;
}

/** Named in `BROWSERS`, comma-separated; all of them, unless told otherwise. */
const wanted = (process.env.BROWSERS ?? 'chromium,firefox').split(',');

/** Updates, the time, and the search that what is typed in the address bar may be meant for. */
const CHROMIUMS_ERRANDS: ReadonlySet<string> = new Set([
  'accounts.google.com',
  'clients2.google.com',
  'duckduckgo.com',
  'edgedl.me.gvt1.com',
  'optimizationguide-pa.googleapis.com',
  'redirector.gvt1.com',
  'update.googleapis.com',
]);

const all: readonly Driver[] = [
  {
    name: 'chromium',
    target: 'chrome',
    program: findChromium(),
    errands: CHROMIUMS_ERRANDS,
    launch: launchChromium,
  },
  {
    name: 'firefox',
    target: 'firefox',
    program: findFirefox(),
    errands: new Set(),
    launch: launchFirefox,
  },
];

export const drivers: readonly Driver[] = all.filter(({ name }) => wanted.includes(name));
