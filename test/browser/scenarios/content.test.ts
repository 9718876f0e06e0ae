/** What a page itself says, saved with its row by the extension as it ships. */
import { expect, it } from 'vitest';
import type { Save } from '../../../src/core/save/record.ts';
import type { PlainBlock } from '../../../src/sandbox/control/plain.ts';
import type { Page } from '../drivers/browser.ts';
import { until } from '../drivers/until.ts';
import { OPTIONS } from '../stage/connect.ts';
import { DRAWINGS, LONG, TIDES } from '../stage/pages.ts';
import { scenarios } from '../stage/stage.ts';

/** What befalls a long article on its way; each takes up to a minute, until it is known what was done. */
const TROUBLES = process.env.SOAK ? ['kill', 'cut', 'kill', 'cut', 'kill'] : ['kill', 'cut'];

/** Of a save that is interrupted again and again. */
const PATIENCE = 150_000;

scenarios(
  'what a page says',
  { forgiven: /message channel closed|Receiving end does not exist/ },
  (stage) => {
    const openAt = (path: string): Promise<Page> => stage.browser.open(`http://site.test${path}`);
    const content = (): PlainBlock[] => stage.newRows()[0]?.content ?? [];
    const paragraphs = () => content().flatMap(({ type, text }) => (type === 'paragraph' ? [text] : []));

    async function chooseArticles(): Promise<void> {
      await stage.connect();
      const options = await stage.browser.openExtensionPage(OPTIONS);
      await options.byRole('combobox', 'Page content').choose('Article');
      await until('it to be stored', async () =>
        Object.entries(await stage.stored()).some(
          ([key, form]) => key.startsWith('form:') && (form as { content?: string }).content === 'article',
        ),
      );
      await options.close();
    }
    const saved = async (): Promise<Save | undefined> =>
      (await stage.saves()).find((save) => save.state === 'in-notion' && save.content === undefined);

    it('is in the page of the row after a quick save, by one request', async () => {
      await chooseArticles();
      const page = await openAt(TIDES.path);
      await page.evaluate(() => {
        const seen: string[] = [];
        Object.assign(window, { seen });
        const note = (records: MutationRecord[]) => {
          for (const { type, target, addedNodes } of records) {
            const isToast = [...addedNodes].some(
              (node) => node instanceof Element && node.localName.includes('-'),
            );
            if (!isToast) seen.push(`${type} of ${target.nodeName}`);
          }
        };
        const all = { subtree: true, childList: true, attributes: true, characterData: true };
        new MutationObserver(note).observe(document.querySelector('main') ?? document, all);
      });
      stage.notion.clearRequests();
      await stage.browser.runCommand('quick-save', page);
      await until('the row', () => stage.newRows().length === 1);
      await until('the article', async () => (await saved()) !== undefined);
      // The page of options that was open before may still be reading the database's templates.
      const isOfRow = ({ path }: { path: string }) => !/\/(?:query|templates)(?:\?|$)/.test(path);
      expect(stage.requests().filter(isOfRow)).toMatchObject([{ method: 'POST', path: '/v1/pages' }]);
      const text = await page.evaluate(() =>
        [...document.querySelectorAll('main p')].map((paragraph) => paragraph.textContent),
      );
      expect(paragraphs()).toEqual(text);
      expect(await page.evaluate(() => (window as unknown as { seen: string[] }).seen)).toEqual([]);
    });

    it('is chosen in the popup, which says what it has found', async () => {
      await stage.connect();
      const popup = await stage.browser.openPopup(await openAt(TIDES.path));
      await popup.byRole('combobox', 'Page content').choose('Article');
      await until('what was found', () =>
        popup.evaluate(() =>
          /Article: \d+ words/.test(document.getElementById('content-said')?.textContent ?? ''),
        ),
      );
      await stage.screenshot(popup, 'popup-content');
      await popup.byRole('button', 'Save').click();
      await until('the article', async () => (await saved()) !== undefined && paragraphs().length > 2);
      await stage.screenshot(popup, 'popup-content-saved');
      expect(await popup.evaluate(() => document.body.textContent)).toMatch(/Article: \d+ words/);
    });

    it('is added to the row of a page that is saved already, and taken away again', async () => {
      await stage.connect();
      const page = await openAt(TIDES.path);
      await stage.browser.runCommand('quick-save', page);
      await until('the row', () => stage.newRows().length === 1);
      await until('it to be known', async () => (await saved()) !== undefined);
      expect(content()).toEqual([]);
      const popup = await stage.browser.openPopup(page);
      await popup.byRole('button', 'Add the article').click();
      await until('the article', () => (content()[0]?.children.length ?? 0) > 2);
      await stage.screenshot(popup, 'popup-content-added');
      await popup.byRole('button', 'Undo').click();
      await until('it to be gone', () => content().length === 0);
      expect(stage.newRows()).toHaveLength(1);
    });

    it('is saved anew in the place of the earlier one, which comes back on Undo', async () => {
      await chooseArticles();
      const page = await openAt(TIDES.path);
      await stage.browser.runCommand('quick-save', page);
      await until('the article', async () => (await saved()) !== undefined);
      const before = paragraphs();
      expect(before.length).toBeGreaterThan(2);
      const popup = await stage.browser.openPopup(page);
      await popup.byRole('button', 'Refresh the article').click();
      // Whether the browser has sent anything twice is looked for first.
      const isAlone = () => content().length === 1 && content()[0]?.type === 'heading_3';
      await until('the new one alone', isAlone, PATIENCE);
      expect(content()[0]?.children.map(({ text }) => text)).toEqual(before);
      await stage.screenshot(popup, 'popup-content-refreshed');
      await popup.byRole('button', 'Undo').click();
      const isBack = () => content().every(({ type }) => type === 'paragraph') && content().length > 0;
      await until('the earlier one alone', isBack, PATIENCE);
      expect(paragraphs()).toEqual(before);
    });

    it('brings the pictures along that only the page can show', async () => {
      await chooseArticles();
      await stage.browser.runCommand('quick-save', await openAt(DRAWINGS.path));
      await until('all of it', async () => content().length === 5 && (await saved()) !== undefined);
      expect(content().map(({ type, caption }) => (type === 'image' ? caption : type))).toEqual([
        'paragraph',
        'The old quay',
        'paragraph',
        'The last tide',
        'paragraph',
      ]);
      expect(stage.notion.fileUploads()).toMatchObject([
        { contentType: 'image/png', length: Buffer.from(DRAWINGS.data, 'base64').length, isAttached: true },
        { contentType: 'image/png', isAttached: true },
      ]);
    });

    it('of 1,500 paragraphs and 40 pictures is there once and in order, whatever dies meanwhile', async () => {
      await chooseArticles();
      const page = await openAt(LONG.path);
      stage.notion.addFault({
        kind: 'slow',
        method: 'PATCH',
        path: '/v1/blocks/*',
        times: null,
        delayMs: 300,
      });
      await stage.browser.runCommand('quick-save', page);
      const grownTo = (count: number) => until(`${count} blocks`, () => content().length >= count, PATIENCE);
      const wake = () =>
        stage.browser.inExtension(async () => {
          const { runtime } = (globalThis as unknown as { chrome: import('webextension-polyfill').Browser })
            .chrome;
          await runtime.sendMessage({ type: 'came-online' });
        });
      for (const [at, trouble] of TROUBLES.entries()) {
        await grownTo(200 + at * 250);
        if (trouble === 'kill') await stage.browser.killBackground();
        else {
          stage.gateway.cut();
          await until(
            'a save that waits',
            async () => (await stage.saves()).some(({ failure }) => failure !== null),
            PATIENCE,
          );
          stage.gateway.mend();
        }
        await wake();
      }
      await until('all of it', async () => (await saved()) !== undefined, PATIENCE);
      expect(paragraphs()).toEqual(LONG.paragraphs);
      expect(content().filter(({ type }) => type === 'image')).toHaveLength(LONG.pictures);
      expect(stage.newRows()).toHaveLength(1);
    });
  },
);
