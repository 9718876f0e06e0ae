/**
 * Every state of the extension's pages, as it looks: axe finds nothing and nothing needs scrolling sideways, in light and
 * dark, from left to right and from right to left, zoomed and narrow. With `STATES` set (`npm run test:states`), each leaves
 * pictures.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { findChromium } from '../drivers/programs.ts';
import { STATES } from './states.ts';
import { buildUiPages, type UiPages } from './ui-pages.ts';

type Axe = typeof import('axe-core');

/** In CSS pixels: a tab at 200 %, and the least that WCAG 2.2 asks for (1.4.10, reflow). */
const WIDTHS = { zoomed: 550, narrow: 320 };

let pages: UiPages;
beforeAll(async () => {
  pages = await buildUiPages();
});
afterAll(() => pages.close());

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations: found } = await (globalThis as unknown as { axe: Axe }).axe.run();
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
}

/** How far the page sticks out at its end, in CSS pixels. */
const overhang = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describe.skipIf(!findChromium())('the pages, in every state', () => {
  it.each(STATES)('$name', async (state) => {
    const open = async (direction: 'ltr' | 'rtl') => {
      const page = await pages.open(state.page, { ...state.scenario, direction }, state.query);
      await state.steps?.(page);
      return page;
    };
    const picture = async (page: Page, look: string) => {
      if (!process.env.STATES) return;
      const folder = join(inject('screenshots'), 'ui', look);
      mkdirSync(folder, { recursive: true });
      await page.screenshot({ path: join(folder, `${state.name.replace(/\W+/g, '-')}.png`), fullPage: true });
    };
    const isFlawless = async (page: Page, look: string) => {
      await picture(page, look);
      expect(await overhang(page), look).toBe(0);
      expect(await violations(page), look).toEqual([]);
    };

    const page = await open('ltr');
    await isFlawless(page, 'light');
    await page.emulateMedia({ colorScheme: 'dark' });
    await isFlawless(page, 'dark');
    await page.emulateMedia({ colorScheme: 'light', forcedColors: 'active' });
    await picture(page, 'forced-colors');
    await page.emulateMedia({ forcedColors: 'none' });
    for (const [look, width] of Object.entries(WIDTHS)) {
      await page.setViewportSize({ width, height: 300 });
      await picture(page, look);
      expect(await overhang(page), look).toBe(0);
    }
    await page.context().close();

    const mirrored = await open('rtl');
    await isFlawless(mirrored, 'rtl');
    await mirrored.context().close();
  });
});
