/** Running scripts in web pages, on the user's gesture. */
import browser, { type Scripting } from 'webextension-polyfill';

/** A page that is busy or stopped in a debugger answers late or never; its tab's address and title must do then. */
const READ_TIMEOUT = 1_500;

/** From the root of the extension: Firefox reads a path without the slash from the page that asks. */
export const fromRoot = (path: string): string => `/${path.replace(/^\//, '')}`;

/** How often a page is asked in all, and the rest between, in milliseconds. */
const TRIES = 4;
const REST = 25;

/**
 * Runs a script in a page. Chromium tells a page's process of the access that a gesture grants by another way than it sends
 * scripts, which may overtake it: a script that is refused right after a key press is let in a moment later.
 */
export async function execute(injection: Scripting.ScriptInjection): Promise<Scripting.InjectionResult[]> {
  for (let tries = 1; ; tries++) {
    try {
      return await browser.scripting.executeScript(injection);
    } catch (error) {
      const isRefused = error instanceof Error && /Cannot access contents of/.test(error.message);
      if (!isRefused || tries === TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, REST));
    }
  }
}

/** For what is asked of a page. */
export function withTimeout<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The page did not answer.')), READ_TIMEOUT);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
