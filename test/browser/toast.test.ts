/** The toast in real pages, hostile ones among them, with the script as it is injected. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import { type Browser, type CDPSession, chromium, type Frame, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { ShownToast } from '../../src/content/toast.ts';
import { EXPECTED } from '../../src/protocol/expected-toast.ts';
import type { ToastActions, ToastMessage } from '../../src/protocol/toast.ts';
import { drivers } from './drivers/available.ts';
import type { Page as DriverPage, Key } from './drivers/browser.ts';
import { findChromium } from './drivers/programs.ts';
import { missingForKeys, type Screen, startScreen } from './drivers/real-keys.ts';
import { until } from './drivers/until.ts';
import { serveFixturePages } from './stage/fixture-pages.ts';
import { injectedScript } from './stage/injected-scripts.ts';
import { type IsolatedWorld, isolatedWorld } from './stage/isolated-world.ts';
import { startToastExtension, type ToastExtension, type ToastLook } from './stage/toast-extension.ts';
import { LABELS } from './stage/toast-labels.ts';

const program = findChromium();
const WIDTH = 800;

const KEPT: ShownToast = {
  id: 'a',
  tone: 'neutral',
  title: 'Kept',
  detail: '→ Reading list',
  direction: 'ltr',
  labels: LABELS,
};
const SAVED: ShownToast = { ...KEPT, tone: 'done', title: 'Saved to Notion' };

const ACTIONS: ToastActions = {
  offered: ['tags', 'note', 'choice', 'database', 'undo', 'open'],
  tags: [{ name: 'history', color: 'green' }],
  note: '',
  choice: {
    property: 'Status',
    options: [
      { name: 'To read', color: 'gray' },
      { name: 'Reading', color: 'blue' },
      { name: 'Read', color: 'green' },
    ],
    chosen: 'To read',
  },
  presets: [{ key: '1', name: 'Read later' }],
  takeFocus: true,
};
const OFFERED: ShownToast = { ...SAVED, actions: ACTIONS };
const LATER: ShownToast = { ...SAVED, actions: { ...ACTIONS, takeFocus: false } };

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
  async function toaster(before = ''): Promise<(message: ShownToast) => Promise<void>> {
    const world = await isolatedWorld(page);
    await world.run(`${before};0`);
    return (message) => showIn(world, message);
  }
  async function showIn(world: IsolatedWorld, message: ShownToast): Promise<void> {
    await world.run(script);
    await world.run(`globalThis.__rowmarkToast(${JSON.stringify(message)}, async () => undefined)`);
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
      // That page keeps clicks from all that is in it: there it goes when its time has come.
      if (name !== 'hostile-keys.html') await page.mouse.click(DISMISS.x, DISMISS.y);
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

  it('stands before it is known what it tells of, and what comes next takes its place', async () => {
    await open('nothing.html');
    const before = await markup();
    const blank = await page.screenshot();
    const show = await toaster();
    const expected = { ...KEPT, id: EXPECTED, title: 'Keeping…', detail: '' };
    const regions = async () => {
      const { nodes } = await tree.send('Accessibility.getFullAXTree');
      return nodes.filter((node) => node.role?.value === 'status').length;
    };
    await show(expected);
    await until('it to be seen', async () => !(await page.screenshot()).equals(blank));
    await show(LATER);
    await announces('Saved to Notion | → Reading list');
    expect(await regions()).toBe(1);
    // Where one stands, none is expected.
    await show(expected);
    expect(await regions()).toBe(1);
    expect(await announced()).toEqual(['Saved to Notion | → Reading list']);
    await page.mouse.click(DISMISS.x, DISMISS.y);
    await gone(before);
    await page.mouse.move(1, 1);
    // Nothing may come.
    await show(expected);
    await until('it to stand', async () => (await regions()) === 1);
    expect(await announced()).toEqual([]);
    await gone(before);
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
    await (await toaster())({ ...KEPT, tone: 'needs-you', labels: { ...LABELS, dismiss: 'Schließen' } });
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

  /** The frame within the toast, which no script of the page could get hold of. */
  async function furnished(): Promise<Frame> {
    const frame = await until('its frame', () => page.frames().find((each) => each !== page.mainFrame()));
    await frame.waitForSelector('.panel button');
    return frame;
  }

  it.each([
    [320, 400],
    // A window of 800 by 600 at 200 %.
    [400, 300],
  ])('lets everything be reached in %i by %i pixels', async (width, height) => {
    await page.setViewportSize({ width, height });
    await open('nothing.html');
    await (await toaster())(OFFERED);
    const frame = await furnished();
    await page.keyboard.press('s');
    await frame.waitForSelector('.option');
    const last = frame.locator('.option').last();
    await last.scrollIntoViewIfNeeded();
    const box = await last.boundingBox();
    expect((box?.y ?? height) + (box?.height ?? 0)).toBeLessThanOrEqual(height);
    for (const button of await frame.locator('button').all()) {
      const place = await button.boundingBox();
      expect(place?.x).toBeGreaterThanOrEqual(0);
      expect((place?.x ?? width) + (place?.width ?? 0)).toBeLessThanOrEqual(width);
    }
  });

  it.each(['light', 'dark'] as const)(
    'has nothing that axe finds fault with in the %s',
    async (colorScheme) => {
      await page.emulateMedia({ colorScheme });
      await open('nothing.html');
      await (await toaster())(OFFERED);
      const frame = await furnished();
      // What is seen through the frame is the card's ground, which axe cannot look at.
      await frame.evaluate(
        (ground) => document.querySelector<HTMLElement>('.panel')?.style.setProperty('background', ground),
        colorScheme === 'light' ? '#ffffff' : '#202020',
      );
      for (const letter of ['', 't', 's', 'd', 'n']) {
        if (letter) await page.keyboard.press(letter);
        if (letter) await frame.waitForSelector('.place .field');
        await frame.evaluate(axe.source);
        const { violations } = (await frame.evaluate(
          `axe.run('.panel', { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] })`,
        )) as axe.AxeResults;
        expect(
          violations.map(({ id, nodes }) => [
            id,
            nodes.map(({ html, failureSummary }) => [html, failureSummary]),
          ]),
        ).toEqual([]);
        // The list of an editor first, then the editor.
        while (letter && (await frame.locator('.place .field').count()) > 0)
          await page.keyboard.press('Escape');
      }
    },
  );

  /**
   * Shows the toast in a page that paints nothing, as a busy one does not, presses keys in it, and lets it paint.
   * @returns the keys that the page may have
   */
  async function pressAtOnce(keys: string[]): Promise<string[]> {
    await page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      document.addEventListener('keydown', ({ key }) => heard.push(key));
    });
    const world = await isolatedWorld(page);
    await world.run(`
      const due = new Map();
      const [later, never, frame] = [setTimeout, clearTimeout, requestAnimationFrame];
      const wait = (act) => { const id = -1 - due.size; due.set(id, act); return id; };
      globalThis.setTimeout = (act, time) => time === 100 ? wait(act) : later(act, time);
      globalThis.requestAnimationFrame = (act) => wait(() => frame(act));
      globalThis.clearTimeout = (id) => void due.delete(id) || never(id);
      globalThis.cancelAnimationFrame = (id) => void due.delete(id);
      globalThis.paint = () => { for (const [id, act] of [...due]) { if (due.delete(id)) act(); } };0`);
    await showIn(world, OFFERED);
    for (const key of keys) await page.keyboard.press(key);
    const heard = await page.evaluate(() => (window as unknown as { heard: string[] }).heard);
    await world.run('paint()');
    return heard;
  }

  it('takes the keys that come before it can be typed into', async () => {
    await open('nothing.html');
    expect(await pressAtOnce(['PageDown', 'n', 'h', 'i'])).toEqual(['PageDown']);
    const frame = await furnished();
    await until('them in the note', () =>
      frame.evaluate(() => document.querySelector('input')?.value === 'hi'),
    );
  });

  it('leaves those keys to a page that is typed into', async () => {
    await open('nothing.html');
    await page.evaluate(() => {
      document.body.innerHTML = '<textarea></textarea>';
      (document.body.firstChild as HTMLElement).focus();
    });
    expect(await pressAtOnce(['n', 'h', 'i'])).toEqual(['n', 'h', 'i']);
    const frame = await furnished();
    expect(await frame.evaluate(() => document.querySelector('input'))).toBe(null);
    expect(await page.evaluate(() => document.querySelector('textarea')?.value)).toBe('nhi');
  });

  it('is furnished once, though a frame comes later than any is waited for', async () => {
    await open('nothing.html');
    const world = await isolatedWorld(page);
    await world.run(`
      const [later, frame] = [setTimeout, requestAnimationFrame];
      const cancelled = new Set();
      let isLate = false;
      let last = 0;
      const wait = (id, act) => later(() => isLate ? frame(() => cancelled.has(id) || act()) : wait(id, act), 5);
      globalThis.setTimeout = (act, time) => later(() => { act(); isLate ||= time === 100; }, time);
      globalThis.requestAnimationFrame = (act) => { wait(++last, act); return last; };
      globalThis.cancelAnimationFrame = (id) => cancelled.add(id);0`);
    await showIn(world, OFFERED);
    await furnished();
    await page.evaluate(
      () =>
        new Promise((resolve) =>
          setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(resolve)), 200),
        ),
    );
    expect(page.frames()).toHaveLength(2);
  });

  it('leaves its keys to an input method that composes', async () => {
    await open('nothing.html');
    await (await toaster())(OFFERED);
    const frame = await furnished();
    await page.keyboard.press('t');
    await frame.waitForSelector('.tags');
    await frame.evaluate(() => {
      const pressed: unknown[] = [];
      Object.assign(window, { pressed });
      document.addEventListener('keydown', ({ key, isComposing }) => pressed.push([key, isComposing]));
    });
    await tree.send('Input.imeSetComposition', { text: 'ph', selectionStart: 2, selectionEnd: 2 });
    for (const key of ['Enter', 'Escape']) await page.keyboard.press(key);
    const now = () =>
      frame.evaluate(() => ({
        pressed: (window as unknown as { pressed: unknown }).pressed,
        typed: document.querySelector('input')?.value,
        chips: [...document.querySelectorAll('.tags > .chip > span')].map((chip) => chip.textContent),
      }));
    expect(await now()).toEqual({
      pressed: [
        ['Enter', true],
        ['Escape', true],
      ],
      typed: 'ph',
      chips: ['history'],
    });
    await tree.send('Input.insertText', { text: 'ph' });
    // Nobody answers here what could be offered: what was typed can be kept all the same.
    await page.keyboard.press('Enter');
    await until('the tag', async () => (await now()).chips.join() === 'history,ph');
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

describe.each(drivers)('$name: what can be done from the toast', (driver) => {
  let toast: ToastExtension;
  let site: Awaited<ReturnType<typeof serveFixturePages>>;
  let page: DriverPage;

  beforeAll(async () => {
    if (!driver.program) return;
    site = await serveFixturePages();
    toast = await startToastExtension(driver);
  });
  beforeEach(async (context) => {
    context.skip(!driver.program, `there is no ${driver.name} on this machine`);
    await toast.forget();
  });
  afterEach(async () => {
    await page?.close();
  });
  afterAll(async () => {
    await toast?.close();
    await site?.close();
  });

  async function open(name: string): Promise<void> {
    page = await toast.browser.open(`${site.origin}/${name}`);
    await page.show();
  }
  /** Also hears every key in the window, before the toast is there. */
  async function openListening(name: string): Promise<void> {
    await open(name);
    await page.evaluate(() => {
      const seen: string[] = [];
      Object.assign(window, { seen });
      for (const type of ['keydown', 'keypress', 'keyup', 'input', 'beforeinput', 'paste']) {
        addEventListener(type, (event) => seen.push(`${type} ${(event as KeyboardEvent).key ?? ''}`), true);
      }
    });
  }
  const seen = () => page.evaluate(() => (window as unknown as { seen: string[] }).seen);
  const looks = (what: string, fits: (look: ToastLook) => boolean) =>
    until(`the toast to show ${what}`, async () => {
      const look = await toast.look(page);
      return look !== null && fits(look) && look;
    });
  const hasFocus = () => looks('that it has the focus', ({ listening }) => listening);
  const changes = async () =>
    (await toast.asked()).flatMap((each) => ('change' in each ? [each.change] : []));
  const changed = (change: object) =>
    until(`the change ${JSON.stringify(change)}`, async () =>
      (await changes()).some((each) => JSON.stringify(each) === JSON.stringify(change)),
    );
  const typed = (value: string) => looks(`"${value}" typed`, (look) => look.typed === value);
  const show = async (message: ShownToast) => toast.show(page, message);
  const picture = async (name: string) =>
    writeFileSync(join(inject('screenshots'), `${name}-${driver.name}.png`), await page.screenshot());

  async function tagByKeys(): Promise<void> {
    await show(OFFERED);
    await show(OFFERED);
    await hasFocus();
    await page.type('t');
    await looks('the tags', ({ chips }) => chips.length === 1);
    await page.type('ph');
    await looks('what goes on so', ({ active }) => active === 'physics');
    await page.press('Enter');
    await looks('two tags', ({ chips }) => chips.join() === 'history,physics');
    await page.press('Enter');
    await changed({ tags: ['history', 'physics'] });
  }

  it.each([
    'nothing.html',
    'strict-csp.html',
    'hostile-trusted-types.html',
    'hostile-style.html',
    'hostile-overlay.html',
    'hostile-dialog.html',
    'hostile-keys.html',
    'hostile-no-body.html',
    'clobbered.html',
    'frameset.html',
    'strict.xhtml',
    'plain.txt',
  ])('keeps its keys to itself on %s', async (name) => {
    if (name === 'hostile-keys.html') await open(name);
    else await openListening(name);
    await tagByKeys();
    expect((await looks('itself', () => true)).isFrame).toBe(true);
    expect((await seen()).filter((each) => /^(key|input|before)/.test(each))).toEqual([]);
    expect(
      await page.evaluate(() =>
        [...Array(window.length)].some((_, i) => {
          try {
            return window[i]?.document.querySelector('.panel') !== null;
          } catch {
            return false;
          }
        }),
      ),
    ).toBe(false);
    await page.press('Escape');
  });

  it('works in a sandboxed page too, where it has no frame of its own', async () => {
    await open('hostile-csp.html');
    await page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(window, { seen: heard });
    });
    await show(OFFERED);
    // A listener that comes later hears nothing.
    await page.evaluate(() => {
      const { seen: heard } = window as unknown as { seen: string[] };
      for (const type of ['keydown', 'keypress', 'keyup', 'input']) {
        addEventListener(type, (event) => heard.push(`${type} ${(event as KeyboardEvent).key ?? ''}`), true);
      }
    });
    await tagByKeys();
    expect((await looks('itself', () => true)).isFrame).toBe(false);
    expect(await seen()).toEqual([]);
    await picture('toast-sandboxed');
  });

  const field = () =>
    page.evaluate(() => {
      document.body.innerHTML = '<input id="field" value="typed">';
      const input = document.body.firstChild as HTMLInputElement;
      input.focus();
      input.setSelectionRange(5, 5);
    });
  const inField = (value: string) =>
    until(`"${value}" in the page's field`, () =>
      page.evaluate((wanted) => {
        const input = document.activeElement as HTMLInputElement;
        return input.id === 'field' && input.value === wanted;
      }, value),
    );

  it('leaves the focus to a page that is typed into, until it is asked for again', async () => {
    await open('nothing.html');
    await field();
    await show(OFFERED);
    await page.type('t');
    await inField('typedt');
    await show(LATER);
    expect((await looks('itself', () => true)).focused).toBe(null);
    await show(OFFERED);
    await hasFocus();
    await page.press('Escape');
    await looks('no focus', ({ focused, listening }) => focused === null && !listening);
    await page.type('!');
    await inField('typedt!');
  });

  it.each([
    [
      'an editable element',
      () => {
        document.body.innerHTML = '<div contenteditable>x</div>';
        (document.body.firstChild as HTMLElement).focus();
      },
    ],
    [
      'a select',
      () => {
        document.body.innerHTML = '<select><option>x</select>';
        (document.body.firstChild as HTMLElement).focus();
      },
    ],
    [
      'a field in a shadow tree',
      () => {
        const tree = document.body.attachShadow({ mode: 'open' });
        tree.innerHTML = '<input>';
        (tree.firstChild as HTMLElement).focus();
      },
    ],
    [
      'a field in a frame',
      () => {
        const frame = document.createElement('iframe');
        document.body.append(frame);
        const input = frame.contentDocument?.createElement('input') as HTMLElement;
        frame.contentDocument?.body.append(input);
        input.focus();
      },
    ],
    [
      'a frame of another origin',
      () => {
        const frame = document.createElement('iframe');
        frame.src = 'data:text/html,<input autofocus>';
        document.body.append(frame);
        frame.focus();
      },
    ],
  ] as [string, () => void][])('counts %s as typed into', async (_, make) => {
    await open('nothing.html');
    await page.evaluate(make);
    await show(OFFERED);
    await looks('its keys', ({ keys }) => keys.length > 0);
    expect((await looks('itself', () => true)).focused).toBe(null);
  });

  it('takes the focus from a button, and gives it back', async () => {
    await open('nothing.html');
    await page.evaluate(() => {
      document.body.innerHTML = '<button id="b">x</button>';
      (document.body.firstChild as HTMLElement).focus();
    });
    await show(OFFERED);
    await hasFocus();
    await page.press('Escape');
    await until('the focus to be back', () => page.evaluate(() => document.activeElement?.id === 'b'));
  });

  it('gives the focus back when it goes', async () => {
    await open('nothing.html');
    await page.evaluate(() => {
      document.body.innerHTML = '<button id="b">x</button>';
      (document.body.firstChild as HTMLElement).focus();
    });
    const before = await page.evaluate(() => document.documentElement.outerHTML);
    await show(OFFERED);
    await hasFocus();
    await until(
      'nothing of it',
      async () => (await page.evaluate(() => document.documentElement.outerHTML)) === before,
    );
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('b');
  });

  it('loses no key that is not its own', async () => {
    await openListening('nothing.html');
    await page.evaluate(() => {
      document.body.innerHTML = '<p style="height: 9000px">Long</p>';
    });
    await show(OFFERED);
    await hasFocus();
    await page.type('j');
    await until('the page to have it', async () => (await seen()).includes('keyup j'));
    expect((await seen()).filter((each) => each.startsWith('keydown'))).toEqual(['keydown j']);
    await looks('no focus', ({ focused }) => focused === null);
    await show(OFFERED);
    await hasFocus();
    await page.press('PageDown');
    await until('the page to scroll', () => page.evaluate(() => scrollY > 100));
    await page.evaluate(() => scrollTo(0, 0));
    await show(OFFERED);
    await hasFocus();
    await page.type(' ');
    await until('the page to scroll', () => page.evaluate(() => scrollY > 100));
    for (const [key, end] of [
      ['End', 9000],
      ['Home', 0],
    ] as const) {
      await show(OFFERED);
      await hasFocus();
      await page.press(key);
      await until(`the page at ${end}`, () =>
        page.evaluate((at: number) => Math.abs(scrollY + (at && innerHeight) - at) < 100, end),
      );
    }
  });

  it('scrolls by them what has the focus, and the page at its end', async () => {
    await open('nothing.html');
    await page.evaluate(() => {
      document.body.innerHTML = `<div tabindex="0" style="height: 200px; overflow: auto; scroll-behavior: smooth"><p
        style="height: 300px">Long</p></div><p style="height: 9000px">Long</p>`;
      (document.body.firstChild as HTMLElement).focus();
    });
    const press = async (key: Key) => {
      await show(OFFERED);
      await hasFocus();
      await page.press(key);
    };
    const scrolled = () => page.evaluate(() => [document.querySelector('div')?.scrollTop ?? 0, scrollY]);
    await press('ArrowDown');
    await until('it to scroll', async () => (await scrolled())[0] === 40);
    await press('End');
    await until('its end', async () => ((await scrolled())[0] ?? 0) > 90);
    expect((await scrolled())[1]).toBe(0);
    await press('PageDown');
    await until('the page to scroll', async () => ((await scrolled())[1] ?? 0) > 100);
  });

  describe('tags', () => {
    beforeEach(async () => {
      await open('nothing.html');
      await show(OFFERED);
      await hasFocus();
      await page.type('t');
      await looks('what is there', ({ rows }) => rows.length === 3);
    });

    it('are added by comma, and taken back', async () => {
      await page.type('a,b, ');
      await looks('three', ({ chips }) => chips.join() === 'history,a,b');
      await page.press('Backspace');
      await page.press('Backspace');
      await looks('two', ({ chips, typed }) => chips.join() === 'history,a' && typed === '');
      expect(await changes()).toEqual([]);
    });

    it('wait for what is offered when Enter is faster', async () => {
      await page.type('p');
      await page.press('Enter');
      await typed('p');
      await toast.release();
      await looks('the first', ({ chips }) => chips.join() === 'history,physics');
    });

    it('wait with all that is pressed meanwhile, in its order', async () => {
      await page.type('p');
      await page.press('ArrowDown');
      await page.press('Enter');
      await page.type('zx');
      await page.press('Backspace');
      await page.press('Enter');
      await page.press('Enter');
      await typed('p');
      await toast.release();
      await changed({ tags: ['history', 'phonetics', 'z'] });
      expect(await changes()).toHaveLength(1);
    });

    it('forget what waits at Escape, and hear the next key', async () => {
      await page.type('p');
      await page.press('Enter');
      await page.press('Enter');
      await page.press('Escape');
      await toast.release();
      await page.type('h');
      await looks('what goes on so', ({ typed, chips }) => typed === 'ph' && chips.join() === 'history');
      expect(await changes()).toEqual([]);
    });

    it('are offered for what was typed last', async () => {
      await page.type('ph');
      await looks('both', ({ rows }) => rows.join() === 'physics,phonetics,Create ph');
      // What comes late, for "p", is not wanted any more.
      await toast.release();
      await page.type('o');
      await looks('one', ({ rows }) => rows.join() === 'phonetics,Create pho');
      await page.press('ArrowDown');
      await looks('the new one', ({ active }) => active === 'Create pho');
      await page.press('ArrowUp');
      await page.press('Enter');
      await looks('it chosen', ({ chips }) => chips.join() === 'history,phonetics');
    });

    it('close their list by Escape, then themselves, and are as before', async () => {
      await page.type('ph');
      await looks('the list', ({ active }) => active === 'physics');
      await page.press('Escape');
      await looks('no list', ({ rows, typed }) => rows.length === 0 && typed === 'ph');
      await page.press('Escape');
      await looks('no editor', ({ typed, listening }) => typed === null && listening);
      expect(await changes()).toEqual([]);
    });

    it('stay in the editor when the toast says something new', async () => {
      await page.type('zo');
      await typed('zo');
      await show({ ...LATER, title: 'In Notion' });
      await looks('the new words', ({ titles }) => titles[0] === 'In Notion');
      await show({ ...KEPT });
      await page.type('o');
      await typed('zoo');
      await page.press('Enter');
      await page.press('Enter');
      await changed({ tags: ['history', 'zoo'] });
      await looks('no keys any more', ({ keys, focused }) => keys.length === 0 && focused === null);
    });
  });

  /** Has the page make every event it can, of all kinds and everywhere it can reach, over and over until `siege.end` is called. */
  const besiege = () =>
    page.evaluate(() => {
      const keys = ['u', 't', 'x', ',', 'Enter', 'n', 'h', 'Enter', '1', 'd', 'Enter', 's', 'Enter', 'o'];
      let stolen: Event[] = [];
      const siege = { rounds: 0, end: () => {} };
      Object.assign(window, { siege });
      for (const type of ['keydown', 'keyup', 'click', 'pointerdown', 'focusout']) {
        addEventListener(type, (event) => event.isTrusted && stolen.push(event), true);
      }
      const init = { bubbles: true, cancelable: true, composed: true };
      function storm(): void {
        const host = document.querySelector<HTMLElement>('[popover]');
        const { right, top } = host?.getBoundingClientRect() ?? { right: 0, top: 0 };
        const at = document.elementFromPoint(right - 60, top + 60);
        const places = [window, document, document.documentElement, document.activeElement, host, at];
        for (const place of new Set(places)) {
          if (!place) continue;
          for (const key of keys) {
            const code = /^[a-z]$/.test(key)
              ? `Key${key.toUpperCase()}`
              : /^\d$/.test(key)
                ? `Digit${key}`
                : key;
            for (const type of ['keydown', 'keypress', 'keyup']) {
              place.dispatchEvent(new KeyboardEvent(type, { key, code, ...init }));
            }
            place.dispatchEvent(new InputEvent('input', { data: key, inputType: 'insertText', ...init }));
          }
          for (const type of ['pointerenter', 'pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click']) {
            place.dispatchEvent(new PointerEvent(type, { clientX: right - 60, clientY: top + 60, ...init }));
          }
          for (const type of ['focusin', 'focusout', 'blur', 'visibilitychange', 'load', 'paste', 'drop']) {
            place.dispatchEvent(new Event(type, init));
          }
          const again = stolen;
          stolen = [];
          for (const event of again) place.dispatchEvent(event);
        }
        host?.click();
        (at as HTMLElement | null)?.click();
        siege.rounds++;
      }
      const begun = setInterval(storm, 5);
      // And in the same moment in which anything is added.
      const watch = new MutationObserver(storm);
      watch.observe(document.documentElement, { childList: true });
      siege.end = () => {
        clearInterval(begun);
        watch.disconnect();
      };
    });

  it.each(['nothing.html', 'hostile-csp.html'])('hears nothing that %s makes up', async (name) => {
    await open(name);
    await besiege();
    const rounds = () =>
      page.evaluate(() => (window as unknown as { siege: { rounds: number } }).siege.rounds);
    await show(OFFERED);
    await looks('its keys', ({ keys }) => keys.length === 7);
    await show(OFFERED);
    await hasFocus();
    const then = await rounds();
    await until('five storms more', async () => (await rounds()) >= then + 5);
    expect(await looks('itself', () => true)).toMatchObject({
      chips: [],
      typed: null,
      failure: '',
      said: '',
    });
    expect(await toast.asked()).toEqual([]);
    // It hears the user all the while.
    await page.type('n');
    await typed('');
    expect(await toast.asked()).toEqual([]);
    await page.evaluate(() => (window as unknown as { siege: { end(): void } }).siege.end());
    await page.type('mine');
    await typed('mine');
    await page.press('Enter');
    await changed({ note: 'mine' });
    expect(await toast.asked()).toHaveLength(1);
  });

  it.each([
    ['is told that the save is undone', async () => show({ ...KEPT, title: 'Undone' })],
    [
      'is moved by the page',
      async () =>
        page.evaluate(() => {
          const host = document.querySelector('[popover]');
          if (host) document.body.append(host);
        }),
    ],
  ])('goes when its time has come, though it waits for an answer while it %s', async (_, meanwhile) => {
    await open('nothing.html');
    const before = await page.evaluate(() => document.documentElement.outerHTML);
    await toast.slow();
    await show(OFFERED);
    await hasFocus();
    await page.type('u');
    await until('it to be asked', async () =>
      (await toast.asked()).some(({ type }) => type === 'toast-undo'),
    );
    await toast.grasp(page);
    expect(await toast.isDead(page)).toBe(false);
    await meanwhile();
    if (driver.name === 'firefox') await until('its frame to be dead', () => toast.isDead(page));
    await toast.release();
    await until(
      'nothing of it',
      async () => (await page.evaluate(() => document.documentElement.outerHTML)) === before,
    );
  });

  // Not so in Firefox: `explicitOriginalTarget`, `originalTarget` and `rangeParent` of a pointer's events lead into closed trees.
  const holdsFast = driver.name === 'firefox' ? it.fails : it;
  holdsFast.each(['nothing.html', 'hostile-csp.html'])('gives %s no hold of what is in it', async (name) => {
    await open(name);
    await page.evaluate(() => {
      const held = new Set<string>();
      const told = { held, looks: 0 };
      Object.assign(window, { told });
      const note = (how: string, what: unknown) => {
        if (what instanceof Node && what.isConnected && what.getRootNode() !== document)
          held.add(`${how} ${what.nodeName}`);
      };
      function look(x: number, y: number): void {
        told.looks++;
        for (const each of document.elementsFromPoint(x, y)) note('elementsFromPoint', each);
        note('caretPositionFromPoint', document.caretPositionFromPoint?.(x, y)?.offsetNode);
        const selection = getSelection();
        for (const each of [selection?.anchorNode, selection?.focusNode]) note('selection', each);
        note('activeElement', document.activeElement);
        const root = document.documentElement;
        for (const each of [...document.getAnimations(), ...root.getAnimations({ subtree: true })])
          note('animation', (each.effect as KeyframeEffect | null)?.target);
      }
      const types = [
        'pointerover',
        'pointerdown',
        'mousedown',
        'mouseup',
        'click',
        'dblclick',
        'selectstart',
      ];
      for (const type of [...types, 'focusin', 'focusout', 'dragstart', 'beforetoggle', 'toggle']) {
        document.addEventListener(
          type,
          (event) => {
            for (const key in event)
              note(`${type}.${key}`, (event as unknown as Record<string, unknown>)[key]);
            for (const each of event.composedPath()) note(`${type} path`, each);
            look((event as MouseEvent).clientX || innerWidth - 100, (event as MouseEvent).clientY || 30);
          },
          true,
        );
      }
      // While it comes in.
      new MutationObserver(() => {
        look(innerWidth - 100, 30);
        requestAnimationFrame(() => look(innerWidth - 100, 30));
      }).observe(document.documentElement, { childList: true, subtree: true });
    });
    await show(LATER);
    const { box, places } = await looks('its keys', ({ keys, hidden }) => keys.length === 7 && hidden === 0);
    await page.clickAt(box.left + 60, box.top + 20);
    const note = places['N Note'] ?? { x: 0, y: 0 };
    await page.clickAt(note.x, note.y);
    await typed('');
    await page.type('secret');
    await typed('secret');
    await page.clickAt(20, 300);
    const told = await page.evaluate(() => {
      const { held, looks } = (window as unknown as { told: { held: Set<string>; looks: number } }).told;
      return { held: [...held], looks };
    });
    expect(told.looks).toBeGreaterThan(2);
    expect(told.held).toEqual([]);
  });

  it('takes the database that arrows led to before it was found', async () => {
    await open('nothing.html');
    await show(OFFERED);
    await hasFocus();
    await page.type('d');
    await looks('all', ({ rows }) => rows.length === 3);
    await page.type('p');
    await page.press('ArrowDown');
    await page.press('Enter');
    await typed('p');
    await toast.release();
    await changed({ destinationId: 'id of Papers' });
  });

  it('takes nothing that is found after its editor was left', async () => {
    await open('nothing.html');
    await show(OFFERED);
    await hasFocus();
    await page.type('d');
    await looks('all', ({ rows }) => rows.length === 3);
    await page.type('p');
    await page.press('Enter');
    const at = (await typed('p')).places['N Note'] ?? { x: 0, y: 0 };
    await page.clickAt(at.x, at.y);
    await typed('');
    await toast.release();
    await page.type('mine');
    await page.press('Enter');
    await changed({ note: 'mine' });
    expect(await changes()).toEqual([{ note: 'mine' }]);
  });

  it('keeps a note, and what was typed when that fails', async () => {
    await open('nothing.html');
    await show(OFFERED);
    await hasFocus();
    await toast.fail(true);
    await page.type('n');
    await typed('');
    await page.type('tunes, no tags');
    await page.press('Enter');
    await looks('the remedy', ({ failure }) => failure === 'Not shared Share it in Notion.');
    await typed('tunes, no tags');
    await picture('toast-failed');
    await toast.fail(false);
    await page.press('Enter');
    await looks('that it is done', ({ typed, said }) => typed === null && said === LABELS.changed);
    expect(await changes()).toEqual([{ note: 'tunes, no tags' }, { note: 'tunes, no tags' }]);
    // The toast stands as long as it is edited, and can be edited again.
    await page.type('n');
    await typed('tunes, no tags');
  });

  describe('completes tags in a note', () => {
    beforeEach(async () => {
      await open('nothing.html');
      await show(OFFERED);
      await hasFocus();
      await page.type('n');
      await typed('');
    });

    it('by arrows and Enter, and keeps it with the next', async () => {
      await page.type('of #ph');
      await looks('the tags', ({ rows, active, said }) => {
        return rows.join() === 'physics,phonetics' && active === 'physics' && said === '2 found';
      });
      await picture('toast-note-tags');
      await page.press('ArrowDown');
      await looks('the second', ({ active }) => active === 'phonetics');
      await page.press('Enter');
      await typed('of #phonetics ');
      await page.type('and #hi');
      await looks('the next', ({ active }) => active === 'history');
      await page.press('Tab');
      await typed('of #phonetics and #history ');
      await page.press('Enter');
      await changed({ note: 'of #phonetics and #history' });
    });

    it('where some fit; Escape closes the list first', async () => {
      await page.type('#h');
      await looks('the list', ({ active }) => active === 'history');
      await page.type('ö');
      await looks('no list', ({ rows, typed }) => rows.length === 0 && typed === '#hö');
      await page.press('Backspace');
      await looks('the list again', ({ active }) => active === 'history');
      await page.press('Escape');
      await looks('no list', ({ rows, typed }) => rows.length === 0 && typed === '#h');
      await page.press('Enter');
      await changed({ note: '#h' });
    });

    it('also for fast fingers', async () => {
      await page.type('#p');
      await page.press('Enter');
      expect(await changes()).toEqual([]);
      await toast.release();
      await typed('#physics ');
    });

    it('for those who keep it at once, too', async () => {
      await page.type('#p');
      await page.press('Enter');
      await page.press('Enter');
      await toast.release();
      await changed({ note: '#physics' });
    });
  });

  it('chooses a status by arrows and by its first letters', async () => {
    await open('nothing.html');
    await show(OFFERED);
    await hasFocus();
    await page.type('s');
    await looks('the options', ({ rows }) => rows.join() === 'To read,Reading,Read,None');
    await page.press('ArrowDown');
    await looks('the next', ({ active }) => active === 'Reading');
    await page.type('r');
    await looks('the next with r', ({ active }) => active === 'Read');
    await page.press('Enter');
    await changed({ choice: 'Read' });
    await page.type('s');
    await looks('what is chosen', ({ active }) => active === 'Read');
    await page.type('none');
    await looks('None', ({ active }) => active === 'None');
    await page.press('Enter');
    await changed({ choice: null });
  });

  it('finds another database', async () => {
    await open('nothing.html');
    await show(OFFERED);
    await hasFocus();
    await page.type('d');
    await looks('all', ({ rows }) => rows.length === 3);
    await page.type('rec');
    await looks('one', ({ rows }) => rows.join() === 'Recipes');
    await page.press('Enter');
    await changed({ destinationId: 'id of Recipes' });
  });

  it('undoes, opens and uses presets by one key', async () => {
    await open('nothing.html');
    await show(OFFERED);
    await hasFocus();
    await page.type('1');
    await changed({ presetKey: '1' });
    await page.type('o');
    await until('it to be opened', async () =>
      (await toast.asked()).some(({ type }) => type === 'toast-open'),
    );
    await page.type('u');
    await until('it to be undone', async () =>
      (await toast.asked()).some(({ type }) => type === 'toast-undo'),
    );
    const types: ToastMessage['type'][] = (await toast.asked()).map(({ type }) => type);
    expect(types).toEqual(['toast-change', 'toast-open', 'toast-undo']);
  });

  it('does one after another what is pressed while it is at work', async () => {
    await open('nothing.html');
    await toast.slow();
    await show(OFFERED);
    await hasFocus();
    const types = async () => (await toast.asked()).map(({ type }) => type);
    await page.type('u');
    await until('it to be asked', async () => (await types()).length === 1);
    await page.type('o');
    await page.type('1');
    expect(await types()).toEqual(['toast-undo']);
    await toast.release();
    await until('all of it', async () => (await types()).length === 3);
    expect(await types()).toEqual(['toast-undo', 'toast-open', 'toast-change']);
  });

  it('is used by pointer, and the focus returns to the page', async () => {
    await open('hostile-overlay.html');
    await show(LATER);
    const { places, focused } = await looks('its keys', ({ keys }) => keys.length === 7);
    expect(focused).toBe(null);
    const click = async (name: string, at: ToastLook['places']) => {
      const { x, y } = at[name] ?? { x: 0, y: 0 };
      await page.clickAt(x, y);
    };
    await click('N Note', places);
    await typed('');
    await page.type('by hand');
    await click('Done', (await typed('by hand')).places);
    await changed({ note: 'by hand' });
    await until('the focus to be back', () => page.evaluate(() => document.activeElement?.id === 'field'));
    expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).value)).toBe('typed');
    await click('U Undo', places);
    await until('it to be undone', async () =>
      (await toast.asked()).some(({ type }) => type === 'toast-undo'),
    );
    await until('the focus to be there', () => page.evaluate(() => document.activeElement?.id === 'field'));
  });

  it('shows all of itself over a full-screen page, light and dark', async () => {
    await open('nothing.html');
    await page.evaluate(() => {
      document.body.innerHTML = '<main style="background: #357; color: white">Film</main>';
      const main = document.body.firstChild as HTMLElement;
      addEventListener('click', () => void main.requestFullscreen());
    });
    await page.clickAt(100, 300);
    await until('full screen', () => page.evaluate(() => document.fullscreenElement !== null));
    await show(OFFERED);
    await hasFocus();
    await page.type('s');
    const { hidden, box } = await looks(
      'the options',
      ({ rows, hidden }) => rows.length === 4 && hidden === 0,
    );
    expect(hidden).toBe(0);
    expect(
      await page.evaluate(
        (x, y) => document.elementFromPoint(x, y)?.localName,
        box.left + 50,
        box.bottom - 20,
      ),
    ).toBe('div');
    await picture('toast-light');
    await page.setColorScheme('dark');
    await picture('toast-dark');
  });

  it('stands at the other edge where text runs from right to left', async () => {
    await open('nothing.html');
    await show({ ...OFFERED, direction: 'rtl' });
    const { box } = await looks('its keys', ({ keys, hidden }) => keys.length === 7 && hidden === 0);
    expect(box).toMatchObject({ left: 16, right: 416 });
    await page.type('t');
    await looks('the tags', ({ rows }) => rows.length > 0);
    await picture('toast-rtl');
  });
});

describe.each(drivers)('$name: the toast, by keys really pressed', (driver) => {
  let screen: Screen;
  let toast: ToastExtension;
  let site: Awaited<ReturnType<typeof serveFixturePages>>;
  const missing = [...(driver.program ? [] : [driver.name]), ...missingForKeys()];

  beforeAll(async () => {
    if (missing.length > 0) return;
    site = await serveFixturePages();
    screen = await startScreen();
    toast = await startToastExtension(driver, screen.display);
  });
  afterAll(async () => {
    await toast?.close();
    await screen?.close();
    await site?.close();
  });

  it('hides them from a page that listens first', async (context) => {
    context.skip(missing.length > 0, `there is no ${missing.join(', no ')} on this machine`);
    const page = await toast.browser.open(`${site.origin}/hostile-keys.html`);
    await page.show();
    await screen.press('a', 'Keys are mine');
    const seen = () => page.evaluate(() => (window as unknown as { seen: string[] }).seen);
    await until('the page to hear its own', async () => (await seen()).includes('keyup a'));
    await toast.show(page, OFFERED);
    await toast.show(page, OFFERED);
    await until('the focus', async () => (await toast.look(page))?.listening);
    await page.evaluate(() => {
      (window as unknown as { seen: string[] }).seen.length = 0;
    });
    await screen.press('n', 'Keys are mine');
    await until('the note', async () => (await toast.look(page))?.typed === '');
    for (const key of ['n', 'o', 'w', 'Return']) await screen.press(key);
    await until('it to be kept', async () =>
      (await toast.asked()).some(
        (each) => 'change' in each && 'note' in each.change && each.change.note === 'now',
      ),
    );
    expect((await seen()).filter((each) => each.startsWith('key'))).toEqual([]);
    await screen.press('Escape');
    await until('the focus to be back', () => page.evaluate(() => document.activeElement?.id === 'text'));
    await screen.press('b');
    await until('the page to hear its own again', async () => (await seen()).includes('keydown b'));
    // What is no letter of the toast is typed where it would have been without it.
    await toast.show(page, OFFERED);
    await toast.show(page, OFFERED);
    await until('the focus', async () => (await toast.look(page))?.listening);
    for (const key of ['x', 'space', 'y']) await screen.press(key);
    await until('it in the page', () =>
      page.evaluate(() => (document.getElementById('text') as HTMLTextAreaElement).value === 'abx y'),
    );
  });

  it.each([
    { layout: 'ru', variant: '', tags: 'KeyT', undo: 'KeyU', types: ['е', 'г', '1'] },
    { layout: 'gr', variant: '', tags: 'KeyT', undo: 'KeyU', types: ['τ', 'θ', '1'] },
    { layout: 'ara', variant: '', tags: 'KeyT', undo: 'KeyU', types: ['ف', 'ع', '1'] },
    { layout: 'fr', variant: '', tags: 'KeyT', undo: 'KeyU', types: ['t', 'u', '&'] },
    { layout: 'us', variant: 'dvorak', tags: 'KeyK', undo: 'KeyF', types: ['t', 'u', '1'] },
  ])('knows its letters in the layout $layout $variant', async ({ layout, variant, tags, undo, types }) => {
    if (missing.length > 0) return;
    await toast.forget();
    const page = await toast.browser.open(`${site.origin}/nothing.html`);
    await page.show();
    await page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      document.title = 'Layouts';
      addEventListener('keydown', ({ key }) => heard.push(key), true);
    });
    const heard = () => page.evaluate(() => (window as unknown as { heard: string[] }).heard);
    try {
      await screen.layout(layout, variant);
      await screen.press('Escape', 'Layouts');
      // That the browser has heard of the layout.
      for (const place of [tags, undo, 'Digit1']) await screen.pressPlace(place);
      await until('the page to hear what is typed', async () => (await heard()).length === 4);
      expect((await heard()).slice(1)).toEqual(types);
      await toast.show(page, OFFERED);
      await until('the focus', async () => (await toast.look(page))?.listening);
      await screen.pressPlace('Digit1');
      await until('the preset', async () => (await toast.asked()).length === 1);
      await screen.pressPlace(tags);
      await until('the tags', async () => (await toast.look(page))?.chips.join() === 'history');
      // What is typed into is typed as the layout has it.
      await screen.pressPlace(undo);
      await until('its letter', async () => (await toast.look(page))?.typed === types[1]);
      while ((await toast.look(page))?.typed !== null) await screen.press('Escape');
      await until('the focus', async () => (await toast.look(page))?.listening);
      await screen.pressPlace(undo);
      const isUndone = async () => (await toast.asked()).some(({ type }) => type === 'toast-undo');
      await until('it to be undone', isUndone);
      const done = (await toast.asked()).filter(({ type }) => type !== 'toast-complete-tags');
      expect(done).toEqual([
        { type: 'toast-change', saveId: 'a', change: { presetKey: '1' } },
        { type: 'toast-undo', saveId: 'a' },
      ]);
      expect(await heard()).toHaveLength(4);
    } finally {
      await screen.layout('us');
      await page.close();
    }
  });

  it('takes a list that is pasted', async (context) => {
    context.skip(missing.length > 0, `there is no ${missing.join(', no ')} on this machine`);
    await toast.forget();
    const page = await toast.browser.open(`${site.origin}/nothing.html`);
    await page.show();
    await page.evaluate(() => {
      document.title = 'Clipboard';
      document.body.innerHTML = '<p>x, y</p>';
    });
    await screen.press('ctrl+a', 'Clipboard');
    await screen.press('ctrl+c');
    await toast.show(page, OFFERED);
    await until('the focus', async () => (await toast.look(page))?.listening);
    await screen.press('t');
    await until('the tags', async () => (await toast.look(page))?.chips.join() === 'history');
    await screen.press('ctrl+v');
    await until('three', async () => (await toast.look(page))?.chips.join() === 'history,x,y');
    await page.close();
  });
});
