/** What is read of the content of real pages in a real browser, with the script as it is injected. */
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { FoundContent } from '../../src/content/article/read-content.ts';
import { drivers } from './drivers/available.ts';
import { findChromium } from './drivers/programs.ts';
import { contentPages, written } from './stage/content-pages.ts';
import { serveFixturePages } from './stage/fixture-pages.ts';
import { injectedScript } from './stage/injected-scripts.ts';
import { isolatedWorld } from './stage/isolated-world.ts';

const program = findChromium();

describe.skipIf(!program)('reading what a page says', () => {
  let browser: Browser;
  let page: Page;
  let script: string;
  let site: Awaited<ReturnType<typeof serveFixturePages>>;

  beforeAll(async () => {
    script = await injectedScript('read-content');
    site = await serveFixturePages();
    browser = await chromium.launch({
      executablePath: program ?? '',
      args: ['--no-sandbox', '--disable-gpu'],
    });
  });
  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
  });
  afterEach(async () => {
    await page.close();
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  const open = (name: string) => page.goto(`${site.origin}/${name}`, { waitUntil: 'load' });

  async function read(what: 'article' | 'selection' = 'article'): Promise<FoundContent> {
    const world = await isolatedWorld(page);
    await world.run(script);
    return (await world.run(`globalThis.__rowmarkReadContent('${what}')`)) as FoundContent;
  }

  describe('finds the article, and nothing that it says is lost or changed', () => {
    it.each(contentPages)('$name', async ({ name, expected }) => {
      await open(`content/${name}.html`);
      const { nodes } = await read();
      expect(written(nodes, site.origin)).toBe(expected);
    });
  });

  it('changes nothing in the page and asks for nothing', async () => {
    const asked: string[] = [];
    for (const { name } of contentPages) {
      await open(`content/${name}.html`);
      await page.evaluate(() => {
        const seen: string[] = [];
        Object.assign(window, { seen });
        const observer = new MutationObserver((records) => seen.push(...records.map(({ type }) => type)));
        const options = { subtree: true, childList: true, attributes: true, characterData: true };
        observer.observe(document, options);
        for (const host of document.querySelectorAll('*'))
          if (host.shadowRoot) observer.observe(host.shadowRoot, options);
      });
      await page.waitForLoadState('networkidle');
      page.on('request', (request) => asked.push(`${name}: ${request.url()}`));
      await read();
      await page.evaluate(
        () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 20))),
      );
      expect(await page.evaluate(() => (window as unknown as { seen: string[] }).seen)).toEqual([]);
      page.removeAllListeners('request');
    }
    expect(asked).toEqual([]);
  });

  it('works where the page allows nothing', async () => {
    await open('hostile-trusted-types.html');
    await page.evaluate(() => {
      const article = document.createElement('article');
      for (let index = 0; index < 5; index++) {
        const paragraph = document.createElement('p');
        paragraph.textContent =
          'Whoever reads this, reads it in spite of the strictest policy there is. '.repeat(4);
        article.append(paragraph);
      }
      document.body.append(article);
    });
    const { kind, nodes } = await read();
    expect(kind).toBe('article');
    expect(written(nodes, site.origin).match(/strictest/g)).toHaveLength(20);
  });

  it('says that a page of 50 MB goes on', async () => {
    await open('nothing.html');
    await page.evaluate(() => {
      const text = document.createElement('article');
      text.innerHTML = `<p>${'word '.repeat(100)}</p>`.repeat(100_000);
      document.body.append(text);
    });
    const { kind, isCut, nodes } = await read();
    expect({ kind, isCut }).toEqual({ kind: 'article', isCut: true });
    expect(written(nodes, site.origin).match(/word/g)?.length).toBeGreaterThan(1_000);
  });

  it('says what an empty page has: nothing', async () => {
    await open('empty.html');
    expect(await read()).toMatchObject({ kind: 'none', nodes: [], isCut: false });
  });

  describe('reads what is selected as it is marked up', () => {
    const select = (from: string, start: number, to: string, end: number) =>
      page.evaluate(
        ([first, offset, last, until]) => {
          const textIn = (selector: string): Node =>
            document
              .createTreeWalker(document.querySelector(selector) as Node, NodeFilter.SHOW_TEXT)
              .nextNode() as Node;
          getSelection()?.setBaseAndExtent(textIn(first), offset, textIn(last), until);
        },
        [from, start, to, end] as const,
      );

    it('half a list is a list', async () => {
      await open('content/list-definitions.html');
      await page.evaluate(() => {
        const list = document.createElement('ul');
        list.innerHTML = '<li>Alpha</li><li>Beta <b>bold</b></li><li>Gamma</li>';
        document.body.append(list);
      });
      await select('ul li:nth-child(2)', 1, 'ul li:nth-child(3)', 3);
      const { kind, nodes } = await read('selection');
      expect(kind).toBe('selection');
      expect(written(nodes, site.origin)).toBe('<ul><li>eta <b>bold</b></li><li>Gam</li></ul>');
    });

    it('a piece of code is code', async () => {
      await open('content/code-language.html');
      await select('pre code', 6, 'pre code', 11);
      expect(written((await read('selection')).nodes, site.origin)).toBe('<pre language="js">a = 1</pre>');
    });

    it('nothing selected is nothing', async () => {
      await open('content/table.html');
      expect(await read('selection')).toMatchObject({ kind: 'none', nodes: [] });
    });
  });
});

const firefox = drivers.find(({ name }) => name === 'firefox');

describe.skipIf(!firefox?.program)('reading what a page says in Firefox', () => {
  it('comes to the same', { timeout: 240_000 }, async () => {
    const [script, site] = await Promise.all([injectedScript('read-content'), serveFixturePages()]);
    const other = await firefox?.launch({ extension: inject('builds').firefox });
    const differing: unknown[] = [];
    try {
      const tab = await other?.open(`${site.origin}/empty.html`);
      for (const { name, expected } of contentPages) {
        await tab?.goto(`${site.origin}/content/${name}.html`);
        await tab?.runScript(script);
        const found = await tab?.evaluate(() => globalThis.__rowmarkReadContent('article'));
        const read = written(found?.nodes ?? [], site.origin);
        if (read !== expected) differing.push({ name, read, expected });
      }
    } finally {
      await other?.close();
      await site.close();
    }
    expect(differing).toEqual([]);
  });
});
