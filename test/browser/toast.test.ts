/** The toast in real pages, hostile ones among them, with the script as it is injected. */
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ToastMessage } from '../../src/content/toast.ts';
import { findChromium } from './drivers/programs.ts';
import { until } from './drivers/until.ts';
import { serveFixturePages } from './stage/fixture-pages.ts';
import { injectedScript } from './stage/injected-scripts.ts';
import { isolatedWorld } from './stage/isolated-world.ts';

const program = findChromium();
const WIDTH = 800;

const KEPT: ToastMessage = {
  id: 'a',
  tone: 'neutral',
  title: 'Kept',
  detail: '→ Reading list',
  direction: 'ltr',
  dismissLabel: 'Dismiss',
};
const SAVED: ToastMessage = { ...KEPT, tone: 'done', title: 'Saved to Notion' };

/** Where the toast's words are, in pixels of the page. Its drawings are smoothed otherwise over a dialog's layer. */
const WORDS = { x: WIDTH - 16 - 330 + 38, y: 24, width: 240, height: 27 };
/** On the second toast from the top. */
const SECOND = { x: WIDTH - 100, y: 16 + 43 + 8 + 20 };
const DISMISS = { x: WIDTH - 16 - 21, y: 16 + 21 };

describe.skipIf(!program)('the toast', () => {
  let browser: Browser;
  let page: Page;
  let tree: CDPSession;
  let script: string;
  let site: Awaited<ReturnType<typeof serveFixturePages>>;
  let complaints: string[];

  beforeAll(async () => {
    script = await injectedScript('toast');
    site = await serveFixturePages();
    browser = await chromium.launch({
      executablePath: program ?? '',
      // Coloured edges of letters depend on what lies behind them.
      args: ['--no-sandbox', '--disable-gpu', '--disable-lcd-text'],
    });
  });
  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: WIDTH, height: 400 } });
    tree = await page.context().newCDPSession(page);
    complaints = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
  });
  afterEach(async () => {
    await page.close();
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  const open = (name: string) => page.goto(`${site.origin}/${name}`, { waitUntil: 'load' });

  /** Injects the script anew for each message, as the extension does. */
  async function toaster(before = ''): Promise<(message: ToastMessage) => Promise<void>> {
    const world = await isolatedWorld(page);
    await world.run(`${before};0`);
    return async (message) => {
      await world.run(script);
      await world.run(`globalThis.__rowmarkToast(${JSON.stringify(message)})`);
    };
  }

  /** What assistive technology is told: the text of each status region, from the top. */
  async function announced(): Promise<string[]> {
    const { nodes } = await tree.send('Accessibility.getFullAXTree');
    const byId = new Map(nodes.map((node) => [node.nodeId, node]));
    const textOf = (id: string): string[] => {
      const node = byId.get(id);
      if (node?.role?.value === 'StaticText') return [String(node.name?.value)];
      return (node?.childIds ?? []).flatMap(textOf);
    };
    return nodes
      .filter((node) => node.role?.value === 'status')
      .map((node) => textOf(node.nodeId).join(' | '))
      .filter((text) => text !== '');
  }
  const announces = (...texts: string[]) =>
    until(`the words ${texts}`, async () => JSON.stringify(await announced()) === JSON.stringify(texts));

  const markup = () => page.evaluate(() => new XMLSerializer().serializeToString(document));
  const gone = (before: string) => until('nothing of it', async () => (await markup()) === before);
  const looks = () => page.screenshot({ clip: WORDS, caret: 'initial' });

  describe('looks the same', () => {
    let usual: Buffer;

    beforeAll(async () => {
      page = await browser.newPage({ viewport: { width: WIDTH, height: 400 } });
      tree = await page.context().newCDPSession(page);
      await open('nothing.html');
      const blank = await looks();
      await (await toaster())(KEPT);
      await announces('Kept | → Reading list');
      usual = await until('it to stand still', async () => {
        const one = await looks();
        const two = await looks();
        return one.equals(two) && !one.equals(blank) && one;
      });
      await page.close();
    });

    it.each([
      'hostile-csp.html',
      'hostile-trusted-types.html',
      'hostile-style.html',
      'hostile-overlay.html',
      'hostile-dialog.html',
      'hostile-keys.html',
      'hostile-no-body.html',
      'hostile-patched.html',
      'clobbered.html',
      'frameset.html',
      'right-to-left.html',
      'empty.html',
      'strict.xhtml',
      'drawing.svg',
      'plain.txt',
    ])('on %s, and leaves nothing behind', async (name) => {
      await open(name);
      const before = await markup();
      complaints.length = 0;
      await (await toaster())(KEPT);
      await until('the usual look', async () => (await looks()).equals(usual));
      await gone(before);
      expect(complaints).toEqual([]);
    });
  });

  it('dims nothing behind it, though the page dims what is behind its own dialogs', async () => {
    await open('right-to-left.html');
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('::backdrop { display: block !important; background: red !important }');
      document.adoptedStyleSheets = [sheet];
    });
    const rest = () =>
      page.screenshot({ clip: { x: 0, y: 200, width: WIDTH, height: 200 }, caret: 'initial' });
    const before = await rest();
    await (await toaster())(KEPT);
    await announces('Kept | → Reading list');
    expect((await rest()).equals(before)).toBe(true);
  });

  it('says what replaces it in the same place', async () => {
    await open('nothing.html');
    const show = await toaster();
    await show(KEPT);
    await announces('Kept | → Reading list');
    await show(SAVED);
    await announces('Saved to Notion | → Reading list');
    await show({ ...SAVED, detail: '' });
    await announces('Saved to Notion');
    expect(await page.evaluate(() => document.querySelectorAll('[popover]').length)).toBe(1);
  });

  it('shows others above, and three at most', async () => {
    await open('nothing.html');
    const show = await toaster();
    for (const id of ['1', '2', '3', '4']) await show({ ...KEPT, id, title: id, detail: '' });
    await announces('4', '3', '2');
    expect(await page.evaluate(() => document.querySelectorAll('[popover]').length)).toBe(1);
  });

  it('takes neither the focus, nor keys, nor clicks from the page', async () => {
    await open('hostile-overlay.html');
    const before = await markup();
    await (await toaster())(SAVED);
    await announces('Saved to Notion | → Reading list');
    await page.mouse.click(DISMISS.x, DISMISS.y);
    await gone(before);
    const { heard, focused, selected } = await page.evaluate(() => ({
      heard: (window as unknown as { heard: string[] }).heard,
      focused: document.activeElement?.id,
      selected: getSelection()?.toString(),
    }));
    expect({ heard, focused, selected }).toEqual({ heard: [], focused: 'field', selected: 'typed' });
  });

  it('names its button, and is dismissed by it', async () => {
    await open('nothing.html');
    const before = await markup();
    await (await toaster())({ ...KEPT, tone: 'needs-you', dismissLabel: 'Schließen' });
    await announces('Kept | → Reading list');
    const { nodes } = await tree.send('Accessibility.getFullAXTree');
    expect(nodes.filter((node) => node.role?.value === 'button').map((node) => node.name?.value)).toEqual([
      'Schließen',
    ]);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await gone(before);
  });

  it('stays while it is pointed at', async () => {
    await open('nothing.html');
    const before = await markup();
    const show = await toaster();
    await show({ ...KEPT, id: 'older', title: 'Older', detail: '' });
    await show({ ...KEPT, id: 'newer', title: 'Newer', detail: '' });
    await announces('Newer', 'Older');
    await page.mouse.move(SECOND.x, SECOND.y);
    await announces('Older');
    // It has moved up from under the pointer.
    await gone(before);
  });

  it('stands at the other edge where text runs from right to left', async () => {
    await open('nothing.html');
    await (await toaster())({ ...KEPT, title: 'נשמר', detail: 'רשימת קריאה', direction: 'rtl' });
    await announces('נשמר | רשימת קריאה');
    const place = await page.evaluate(() => {
      const box = document.querySelector('[popover]')?.getBoundingClientRect();
      return [box?.left, box?.right];
    });
    expect(place).toEqual([16, 346]);
  });

  it('fits a narrow window', async () => {
    await page.setViewportSize({ width: 320, height: 400 });
    await open('nothing.html');
    await (await toaster())({ ...KEPT, detail: 'unbroken'.repeat(60) });
    const box = await page.evaluate(() => {
      const { left, right, height } = document.querySelector('[popover]')?.getBoundingClientRect() ?? {};
      return { left, right, wide: document.documentElement.scrollWidth, height };
    });
    expect(box).toMatchObject({ left: 16, right: 304, wide: 320 });
  });

  it.each([
    ['no-preference', true],
    ['reduce', false],
  ] as const)('with motion: %s', async (reducedMotion, moves) => {
    await page.emulateMedia({ reducedMotion });
    await open('nothing.html');
    const show = await toaster(`
      const animate = Element.prototype.animate;
      Element.prototype.animate = function (frames, options) {
        document.documentElement.dataset.frames = JSON.stringify(frames);
        return animate.call(this, frames, options);
      }`);
    await show(KEPT);
    const frames = await page.evaluate(() => document.documentElement.dataset.frames);
    expect(frames?.includes('transform')).toBe(moves);
  });

  it('does not move the page', async () => {
    await open('hostile-overlay.html');
    const size = () =>
      page.evaluate(() => [
        document.documentElement.scrollHeight,
        document.documentElement.scrollWidth,
        document.body.getBoundingClientRect().width,
      ]);
    const before = await size();
    await (await toaster())(KEPT);
    await announces('Kept | → Reading list');
    expect(await size()).toEqual(before);
  });
});
