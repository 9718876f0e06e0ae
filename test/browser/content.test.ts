/** What is read of the content of real pages in a real browser, with the script as it is injected. */
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { FoundContent } from '../../src/content/article/read-content.ts';
import { blocksOf } from '../../src/core/content/blocks.ts';
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
    return (await world.run(`globalThis.__rowmarkReadContent('${what}', 'Transcript')`)) as FoundContent;
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

  describe('brings along what nobody else can fetch', () => {
    const words = 'Whoever reads this sees a picture that is shown to nobody else, whoever asks. '.repeat(4);
    /** A page of that host, with an article of these pictures. */
    async function show(host: string, pictures: string, before = ''): Promise<void> {
      await page.route(`**/*`, async (route) => {
        const { pathname } = new URL(route.request().url());
        if (pathname === '/quay.png') await route.fulfill({ contentType: 'image/png', body: quay });
        else
          await route.fulfill({
            contentType: 'text/html',
            body: `<title>Quay</title>${before}<article><p>${words}</p>${pictures}<p>${words}</p></article>`,
          });
      });
      await page.goto(`http://${host}/page`, { waitUntil: 'load' });
    }
    const quay = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAEAAAAAwCAIAAAAuKetIAAAAwklEQVR42tXWyw3DIBBF0VsO/VdBWVl4EylyZAPzuRILMDPPOgsEjDHnGN7BNdEDvAa+l3qA0cDvRz3AZeBuSw+wGPhfoAf0N/CkTA/obOB5sR7Q08DbFj2gm4G1Rj2gj4Gddj2gg4H9ED2g1sCpKD2gysDZQD0g30BErB6QaSAuXA/IMRD9Cz0g2kDOYdMD4gxkXjt6QISB/AeYHnDWQNEzfuoBpwyVgCOGYsC+oR6waWgB2DF0ASwbGgHWDL0AC4YP0UYgxIZnJWMAAAAASUVORK5CYII=',
      'base64',
    );
    const images = (found: FoundContent): string[] =>
      [...written(found.nodes, '').matchAll(/<img [^>]*>/g)].map(([image]) => image);

    it('a picture of a page behind a login, with its link', async () => {
      const picture = '<img src="/quay.png" alt="The quay">';
      await show('news.example.com', picture);
      expect((await read()).files).toEqual([]);
      await show('news.example.com', picture, '<a href="/account/logout">Log out</a>');
      const found = await read();
      expect(images(found)).toEqual([
        '<img src="http://news.example.com/quay.png" alt="The quay" width="64" height="48" file="0">',
      ]);
      expect(found.files).toMatchObject([{ data: expect.stringMatching(/^[A-Za-z0-9+/]+=*$/) }]);
    });

    it.each(['192.168.1.7', '10.0.0.3', '[fd00::1]', 'wiki.intranet', 'wiki'])(
      'a picture of %s, which is in no other network',
      async (host) => {
        await show(host, '<img src="/quay.png">');
        expect((await read()).files).toHaveLength(1);
      },
    );

    it.each([
      'example.com',
      '172.64.1.1',
      '8.8.8.8',
      'home.example.com',
      'test.example',
      'localhost',
      '127.0.0.1',
    ])('no picture of %s, which is of no such network', async (host) => {
      await show(host, '<img src="/quay.png">');
      expect((await read()).files).toEqual([]);
    });

    it('a picture of a type that Notion does not take, as one that it takes', async () => {
      const size = (value: number) => String.fromCharCode(value & 255, value >> 8, 0, 0);
      const pixels = String.fromCharCode(10, 80, 200, 0).repeat(40 * 30);
      const header = `BM${size(54 + pixels.length)}\0\0\0\0${size(54)}${size(40)}${size(40)}${size(30)}`;
      const bmp = `${header}\x01\0\x20\0${size(0)}${size(pixels.length)}${size(0).repeat(4)}${pixels}`;
      await show(
        'example.com',
        `<img src="data:image/bmp;base64,${Buffer.from(bmp, 'latin1').toString('base64')}">`,
      );
      expect(await read()).toMatchObject({ files: [{ type: 'image/webp' }], left: {} });
    });

    it('a picture of the newest type, which Notion does not take either', async () => {
      const avif =
        'AAAAHGZ0eXBhdmlmAAAAAG1pZjFhdmlmbWlhZgAAANZtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAACJpbG9jAAAAAERAAAEAAQAAAAAA+gABAAAAAAAAAFAAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABhdjAxAAAAAA5waXRtAAAAAAABAAAAVmlwcnAAAAA4aXBjbwAAAAxhdjFDgSACAAAAABRpc3BlAAAAAAAAAEAAAAAwAAAAEHBpeGkAAAAAAwgICAAAABZpcG1hAAAAAAAAAAEAAQOBAgMAAABYbWRhdBIACgk4FX+9pAQ0GkAyQRxCYuThBBBBY66Az8lbdxRmpU/sfG2OCx2m6VTRosQCuM087Fnc9vJxSUb3pP86Y8UEGjwjXbEbw4AaqNj8t4BE';
      await show('example.com', `<img src="data:image/avif;base64,${avif}">`);
      expect(await read()).toMatchObject({ files: [{ type: 'image/webp' }], left: {} });
    });

    it('no picture that is gone: it stays a link, also where its page is not encrypted', async () => {
      await show('example.com', '<img src="/gone.png" alt="Gone" width="200" height="100">');
      expect(images(await read())).toEqual([
        '<img src="http://example.com/gone.png" alt="Gone" width="200" height="100">',
      ]);
    });

    it('no drawing that holds what the page must not read', async () => {
      await show('example.com', '<canvas width="100" height="100"></canvas>');
      await page.evaluate(async () => {
        const image = new Image();
        image.src = 'http://other.example/quay.png';
        await image.decode();
        const canvas = document.querySelector('canvas');
        canvas?.getContext('2d')?.drawImage(image, 0, 0);
      });
      const found = await read();
      expect(found).toMatchObject({ files: [], left: { canvases: 1 } });
      expect(images(found)).toEqual([]);
    });

    it('a picture of 30 MB, in a size that Notion takes', async () => {
      await show('example.com', '<img id="large">');
      await page.evaluate(async () => {
        const canvas = new OffscreenCanvas(3_200, 2_400);
        const pen = canvas.getContext('2d');
        const noise = pen?.createImageData(3_200, 2_400);
        for (let at = 0; noise && at < noise.data.length; at += 65_536)
          crypto.getRandomValues(noise.data.subarray(at, at + 65_536));
        if (noise) pen?.putImageData(noise, 0, 0);
        const blob = await canvas.convertToBlob();
        if (blob.size < 20_000_000) throw new Error('It is small.');
        const image = document.querySelector('img');
        if (image) image.src = URL.createObjectURL(blob);
        await image?.decode();
      });
      // On a busy machine it may not be had in the time that there is for a picture: then it is asked for again.
      let files: readonly { type: string; data: string }[] = [];
      for (let times = 0; times < 20 && files.length === 0; times++) ({ files } = await read());
      expect(files).toMatchObject([{ type: 'image/webp' }]);
      expect(files[0]?.data.length).toBeLessThan(7_000_000);
    });

    it('of 5,000 pictures the first 20, and says that there are others', async () => {
      const picture = `<img src="data:image/png;base64,${quay.toString('base64')}">`;
      await show('example.com', picture.repeat(5_000));
      const found = await read();
      expect(found.files).toHaveLength(20);
      const { left } = blocksOf(found.nodes, { title: '' });
      expect(left).toEqual({ pictures: 4_980 });
    });
  });

  describe('of a film says whose it is, the moment, and its words where they are there', () => {
    const watch = (head: string, body: string) => async () => {
      await page.route('**/*', (route) =>
        route.fulfill({
          contentType: 'text/html',
          body: `<meta charset="utf-8"><title>Ebb - Films</title>${head}<body>${body}`,
        }),
      );
      await page.goto('https://www.youtube.com/watch?v=abcdefghijk&list=x', { waitUntil: 'load' });
      await page.waitForFunction(() => {
        const film = document.querySelector('video');
        return film && film.readyState > 0 && !film.seeking;
      });
      return written((await read()).nodes, '');
    };
    /** Five minutes of silence. */
    const film = (seconds: number, cues = '') => `<video id="film" width="640" height="360"></video><script>
      const film = document.getElementById('film');
      const [rate, length] = [3_000, 900_000];
      const head = new DataView(new ArrayBuffer(44));
      const words = (at, text) => [...text].forEach((sign, by) => head.setUint8(at + by, sign.charCodeAt(0)));
      words(0, 'RIFF'), head.setUint32(4, 36 + length, true), words(8, 'WAVEfmt ');
      head.setUint32(16, 16, true), head.setUint16(20, 1, true), head.setUint16(22, 1, true);
      head.setUint32(24, rate, true), head.setUint32(28, rate, true), head.setUint16(32, 1, true);
      head.setUint16(34, 8, true), words(36, 'data'), head.setUint32(40, length, true);
      film.src = URL.createObjectURL(new Blob([head, new Uint8Array(length).fill(128)], { type: 'audio/wav' }));
      film.currentTime = ${seconds}.7;
      const track = film.addTextTrack('captions', 'English', 'en');
      track.mode = 'hidden';
      for (const [at, said] of [${cues}]) track.addCue(new VTTCue(at, at + 3, said));
    </script>`;
    const about = `<meta property="og:type" content="video.other"><meta name="description" content="The sea goes out, and…">
      <script type="application/ld+json">{"@type":"VideoObject","author":{"@type":"Person","name":"Ida Brook","url":"https://www.youtube.com/@ida"}}</script>`;

    it('on a site whose films Notion plays', async () => {
      const said = await watch(
        about,
        `${film(125, '[3, "The sea"], [5, "<i>goes</i> out"], [70, "and comes back"]')}
         <div id="description">The sea goes out, and comes back.<br>Twice a day.</div>`,
      )();
      expect(said).toBe(
        `<p><a href="https://www.youtube.com/@ida">Ida Brook</a>
</p><iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>
<p>▶ <a href="https://www.youtube.com/watch?v=abcdefghijk&t=125s">2:05</a>
</p>
<p>The sea goes out, and comes back.<br></br>Twice a day.
</p>
<details><summary>Transcript</summary>
<p><a href="https://www.youtube.com/watch?v=abcdefghijk&t=3s">0:03</a> The sea goes out
</p>
<p><a href="https://www.youtube.com/watch?v=abcdefghijk&t=70s">1:10</a> and comes back
</p></details>`,
      );
    });

    it('that nobody has begun to see has no moment, and what its head says of another one is not taken', async () => {
      const said = await watch(
        `${about}<link rel="canonical" href="https://www.youtube.com/watch?v=zzzzzzzzzzz">`,
        film(0),
      )();
      expect(said).toBe('<iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>');
    });
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
      const { kind, nodes, directive } = await read('selection');
      expect(kind).toBe('selection');
      expect(directive).toBe('text=Beta%20bold,Gamma');
      expect(written(nodes, site.origin)).toBe('<ul><li>eta <b>bold</b></li><li>Gam</li></ul>');
    });

    it('a piece of code is code', async () => {
      await open('content/code-language.html');
      await select('p', 4, 'p', 24);
      expect((await read('selection')).directive).toMatch(/^text=/);
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
        const found = await tab?.evaluate(() => globalThis.__rowmarkReadContent('article', 'Transcript'));
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
