/**
 * Every state of the extension's pages, as it looks: axe finds nothing, nothing needs scrolling sideways, in light and
 * dark, from right to left, at 200 % and at the narrowest. Each leaves a picture.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { findChromium } from '../drivers/programs.ts';
import { STATES, type State } from './states.ts';
import { buildUiPages, type Look, type UiPages } from './ui-pages.ts';

type Axe = typeof import('axe-core');

const LOOKS: Record<string, Look & { direction?: 'rtl' }> = {
  light: {},
  dark: { scheme: 'dark' },
  rtl: { direction: 'rtl' },
  // A popup is as wide in CSS pixels at any zoom; a tab is not.
  zoomed: { zoom: 2 },
  // The least that WCAG 2.2 asks for (1.4.10, reflow).
  narrow: { width: 320 },
  'forced colours': { forcedColors: true },
};

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

async function show(state: State, { direction, ...look }: Look & { direction?: 'rtl' }): Promise<Page> {
  const width = state.page === 'popup' && look.zoom === 2 ? { width: 2 * 372 } : {};
  const scenario = direction ? { ...state.scenario, direction } : state.scenario;
  const page = await pages.open(state.page, scenario, { ...look, ...width });
  await state.steps?.(page);
  return page;
}

describe.skipIf(!findChromium()).each(Object.entries(LOOKS))('in %s', (name, look) => {
  it.each(STATES.map((state) => [state.name, state] as const))('%s', async (_, state) => {
    const page = await show(state, look);
    const folder = join(inject('screenshots'), 'ui', name.replace(' ', '-'));
    mkdirSync(folder, { recursive: true });
    await page.screenshot({ path: join(folder, `${state.name.replace(/\W+/g, '-')}.png`), fullPage: true });
    expect(await overhang(page)).toBe(0);
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });
});
