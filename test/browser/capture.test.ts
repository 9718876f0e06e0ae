/** What is read of real pages in a real browser, with the script as it is injected. */
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PageFacts } from '../../src/core/capture/capture.ts';
import { fieldsFrom } from '../../src/core/capture/fields.ts';
import { findChromium } from './drivers/programs.ts';
import { pagesToRead, serveFixturePages } from './stage/fixture-pages.ts';
import { injectedScript } from './stage/injected-scripts.ts';
import { isolatedWorld } from './stage/isolated-world.ts';

const program = findChromium();

describe.skipIf(!program)('reading a page', () => {
  let browser: Browser;
  let page: Page;
  let script: string;
  let site: Awaited<ReturnType<typeof serveFixturePages>>;

  beforeAll(async () => {
    script = await injectedScript('read-page');
    site = await serveFixturePages();
    browser = await chromium.launch({
      executablePath: program ?? '',
      args: ['--no-sandbox', '--disable-gpu'],
    });
  });
  beforeEach(async () => {
    page = await browser.newPage();
  });
  afterEach(async () => {
    await page.close();
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  async function open(name: string): Promise<void> {
    await page.goto(`${site.origin}/${name}`, { waitUntil: 'load' });
  }

  /** Injects the script and calls it, in a world of its own as an extension does. */
  async function reader(): Promise<() => Promise<PageFacts>> {
    const world = await isolatedWorld(page);
    await world.run(script);
    return async () => PageFacts.parse(await world.run('globalThis.__rowmarkReadPage({ words: true })'));
  }

  const readOnce = async (): Promise<PageFacts> => (await reader())();

  it.each(pagesToRead)('$name', async ({ name, expected }) => {
    await open(name);
    const fields = fieldsFrom(await readOnce());
    expect({ ...fields, url: fields.url.replace(site.origin, '') }).toEqual(expected);
  });

  it('reads anew each time', async () => {
    await open('canonical-relative.html');
    const read = await reader();
    expect((await read()).title).toBe('Item 42');
    await page.evaluate(() => {
      history.pushState({}, '', '/elsewhere');
      document.title = 'Item 43';
      getSelection()?.selectAllChildren(document.head);
    });
    expect(await read()).toMatchObject({ title: 'Item 43', url: `${site.origin}/elsewhere` });
  });

  it('resolves the canonical address, and believes none outside the head', async () => {
    const canonical = async (name: string) => {
      await open(name);
      return (await readOnce()).canonical;
    };
    expect(await canonical('canonical-relative.html')).toBe(`${site.origin}/items/42`);
    expect(await canonical('canonical-elsewhere.html')).toBe('https://original.example/story?id=1#top');
    expect(await canonical('base-href.html')).toBe('https://cdn.example/archive/2019/story');
    expect(await canonical('strict.xhtml')).toBe(`${site.origin}/tatin`);
    expect(await canonical('nothing.html')).toBeUndefined();
  });

  it('tells author, date, language and kind of document', async () => {
    await open('json-ld-graph.html');
    expect(await readOnce()).toMatchObject({
      language: 'en-GB',
      contentType: 'text/html',
      heading: 'Sourdough without fuss',
      meta: {
        authors: ['Ida Moor'],
        published: '2023-11-02T06:00:00+00:00',
        jsonLdTitle: 'Sourdough without fuss',
      },
    });
    await open('drawing.svg');
    expect((await readOnce()).contentType).toBe('image/svg+xml');
    await open('strict.xhtml');
    expect((await readOnce()).language).toBe('fr');
  });

  it('takes the address of a profile for no author', async () => {
    await open('open-graph-only.html');
    expect((await readOnce()).meta).toEqual({
      ogTitle: 'How four equations came to be',
      ogDescription: "A short history of Maxwell's equations.",
      ogUrl: 'https://ledger.example/equations',
      ogSiteName: 'The Ledger',
      ogImage: '/equations.jpg',
      published: '2024-05-03T08:00:00Z',
    });
  });

  it('is not touched by what a page does to its own built-ins', async () => {
    await open('hostile-patched.html');
    expect((await readOnce()).title).toBe('Patched page');
  });

  it('reads a page of 300,000 elements, all selected, within its bounds', async () => {
    await open('nothing.html');
    await page.evaluate(() => {
      document.title = 'Enormous';
      const list = document.createElement('div');
      list.innerHTML = '<p>row <b>of</b> the <i>table</i></p>'.repeat(100_000);
      document.body.append(list);
      getSelection()?.selectAllChildren(document.body);
    });
    const facts = await readOnce();
    expect(facts.title).toBe('Enormous');
    expect(facts.selection).toHaveLength(100_000);
  });

  it('reads a page of 50 MB, and counts its words within a bound', async () => {
    await open('nothing.html');
    await page.evaluate(() => {
      document.title = 'Fifty megabytes';
      const text = document.createElement('article');
      text.innerHTML = `<p>${'word '.repeat(100)}</p>`.repeat(100_000);
      document.body.append(text);
    });
    const { title, words } = await readOnce();
    expect(title).toBe('Fifty megabytes');
    // As many as are in the first 300,000 characters.
    expect(words).toBe(60_000);
  });

  it('finds the icon of the site, and the first image that is more than decoration', async () => {
    await open('canonical-relative.html');
    await page.route(/square-\d+\.png$/, async (route) => {
      const side = Number(/\d+/.exec(route.request().url().split('square-')[1] ?? '')?.[0]);
      const drawn = await page.evaluate((length) => {
        const canvas = document.createElement('canvas');
        canvas.width = canvas.height = length;
        return canvas.toDataURL().split(',')[1] ?? '';
      }, side);
      await route.fulfill({ contentType: 'image/png', body: Buffer.from(drawn, 'base64') });
    });
    await page.evaluate(async () => {
      document.head.insertAdjacentHTML('beforeend', '<link rel="icon" href="/icon.png">');
      for (const side of [16, 320, 640]) {
        const image = document.createElement('img');
        image.src = `/square-${side}.png`;
        document.body.append(image);
        await image.decode();
      }
    });
    expect(await readOnce()).toMatchObject({
      icon: `${site.origin}/icon.png`,
      image: `${site.origin}/square-320.png`,
    });
  });

  describe('leads back to what is selected, which Chromium finds', () => {
    /** Selects from some words in one element to some in another. */
    const select = (from: [id: string, words: string], to: [id: string, words: string]) =>
      page.evaluate(
        (ends) => {
          const [start, end] = ends.map(([id, words]) => {
            const element = document.getElementById(id);
            const walker = document.createTreeWalker(element ?? document.body, NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
              const at = node.nodeValue?.indexOf(words) ?? -1;
              if (at >= 0) return { node, at, length: words.length };
            }
            throw new Error(`There is no ${words} in ${id}.`);
          });
          if (!start || !end) return;
          getSelection()?.setBaseAndExtent(start.node, start.at, end.node, end.at + end.length);
        },
        [from, to],
      );

    const directive = async (): Promise<string | undefined> => {
      const world = await isolatedWorld(page);
      await world.run(script);
      return PageFacts.parse(
        await world.run('globalThis.__rowmarkReadPage({ words: false, directive: true })'),
      ).directive;
    };

    /** What is in the middle of the window once the browser has gone there. */
    const wentTo = async (found: string): Promise<string> => {
      await page.goto('about:blank');
      await page.goto(`${site.origin}/selection-places.html#:~:${found}`, { waitUntil: 'load' });
      await page.waitForFunction(() => scrollY > 0);
      return page.evaluate(() => {
        const middle = innerHeight / 2;
        const at = [...document.querySelectorAll('[id]')].find((element) => {
          const { top, bottom } = element.getBoundingClientRect();
          return top <= middle + 20 && bottom >= middle - 40;
        });
        return at?.id ?? '';
      });
    };

    it.each([
      ['words that are there once', ['once', 'that'], ['once', 'pencil-lead'], 'once'],
      ['words that stand further up as well', ['again', 'a float'], ['again', 'water'], 'again'],
      ['lines of one block', ['first', 'pulls the water'], ['first', 'the sun'], 'first'],
      ['several blocks', ['again', 'follows the'], ['first', 'The moon pulls'], 'again'],
      ['the later of two that begin alike', ['second', 'The moon'], ['second', 'every'], 'second'],
      ['cells of a table', ['cell', 'water'], ['cell', '02:14'], 'cell'],
      ['a script without spaces', ['moss', '苔は'], ['moss', '植物'], 'moss'],
    ] as [string, [string, string], [string, string], string][])('%s', async (_, from, to, place) => {
      await open('selection-places.html');
      await select(from, to);
      const found = await directive();
      expect(found).toMatch(/^text=/);
      expect(await wentTo(found ?? ''), found).toBe(place);
    });

    it('or says that there is no such way', async () => {
      await open('selection-in-shadow.html');
      expect(await directive()).toBeUndefined();
      await open('selection-typed.html');
      expect(await directive()).toBeUndefined();
    });
  });
});
