/** The browser's question whether something may be seen, answered as a person does. */
import type { Page } from '../drivers/browser.ts';
import { until } from '../drivers/until.ts';
import type { Stage } from './stage.ts';

/** Within functions that are sent to a page of the extension. */
declare const chrome: import('webextension-polyfill').Browser;

/**
 * So long, in milliseconds, Chromium heeds no key in a question that it has just asked, lest one be pressed unawares
 * (`ui/views/input_event_activation_protector.cc`).
 */
const HEEDLESS = 1_000;

export const areTabsAllowed = (stage: Stage): Promise<boolean> =>
  stage.browser.inExtension(() => chrome.permissions.contains({ permissions: ['tabs'] }));

export const allowTabs = (stage: Stage, asking: { click(): Promise<void> }): Promise<void> =>
  sayYes(stage, asking, () => areTabsAllowed(stage));

/**
 * Says yes to the browser; a screen with keys is needed. Firefox is told to do so by itself; Chromium asks in a window of its
 * own, which nobody but a person can read: Tab leads from button to button.
 * @param asking what is clicked to be asked
 * @param isAllowed whether it was yes
 * @param page what keys are pressed into as long as the question is not there, and must not be
 */
export async function sayYes(
  stage: Stage,
  asking: { click(): Promise<void> },
  isAllowed: () => Promise<boolean>,
  page?: Page,
): Promise<void> {
  if (stage.driver.name === 'firefox') return asking.click();
  for (const steps of [1, 2, 3, 0]) {
    await asking.click();
    const hasFocus = async () => page?.evaluate((): boolean => document.hasFocus()) ?? false;
    await until('the question', async () => !(await hasFocus()));
    await new Promise((resolve) => setTimeout(resolve, HEEDLESS));
    for (let step = 0; step < steps; step++) await stage.screen.press('Tab');
    await stage.screen.press('Return');
    if (await until('the permission', isAllowed, 2_000).catch(() => false)) return;
  }
  throw new Error('The browser was not to be persuaded');
}
