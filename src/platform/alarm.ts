import browser from 'webextension-polyfill';
import type { Alarm } from '../ports.ts';

const NAME = 'due';

/** Packed extensions get no alarm sooner than this, in milliseconds (Chromium 120 and up; Firefox allows less). */
const SOONEST_ALARM = 30_000;

/**
 * The one alarm. Nearer times are met by a timer as well: it dies with the background, the alarm then comes later.
 * @param wake what to do when the time has come
 */
export function createAlarm(wake: () => void): Alarm {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    async set(at) {
      clearTimeout(timer);
      if (at === null) {
        await browser.alarms.clear(NAME);
        return;
      }
      const wait = Math.max(0, at - Date.now());
      if (wait < SOONEST_ALARM) timer = setTimeout(wake, wait);
      browser.alarms.create(NAME, { when: Date.now() + Math.max(wait, SOONEST_ALARM) });
    },
  };
}
