import browser from 'webextension-polyfill';
import type { KeepAwake } from '../ports.ts';

/** Both browsers put an idle background to sleep after 30 s; a request in flight does not count as activity. */
const BEAT = 20_000;
const LONGEST = 5 * 60_000;

/** Calls an extension API now and then, which resets the idle clock. `storage` would not do so in Firefox. */
export const keepAwake: KeepAwake = async (work) => {
  const until = Date.now() + LONGEST;
  const beat = setInterval(() => {
    if (Date.now() > until) clearInterval(beat);
    else void browser.runtime.getPlatformInfo();
  }, BEAT);
  try {
    return await work;
  } finally {
    clearInterval(beat);
  }
};
