/**
 * `npm run bench:content`: reading what a page says, in Chromium, on articles of several sizes. What is compared with is Mozilla's
 * Readability alone on a clone of the same page, by turns in the same page: it finds the article, while ours copies the page as it is
 * seen, finds it by the same library, and gives the tree that blocks are made of. Then making blocks of it and cutting them to parts, in
 * Node. What is injected has its size in `expected-files.json`.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { chromium } from 'playwright-core';
import type { FoundContent } from '../../src/content/article/read-content.ts';
import { blocksOf } from '../../src/core/content/blocks.ts';
import { parseContent } from '../../src/core/content/parse-content.ts';
import { partsOf } from '../../src/core/content/parts.ts';
import { countBlocks } from '../../src/core/notion/block.ts';
import { findChromium } from '../browser/drivers/programs.ts';
import { injectedScript } from '../browser/stage/injected-scripts.ts';
import { isolatedWorld } from '../browser/stage/isolated-world.ts';
import { figureOf, inTurn, inWords, ratioInWords, ratioOf } from './measure.ts';

/** Paragraphs of an article. */
const SIZES = [40, 400, 1_500];
const ROUNDS = { warmUps: 3, rounds: 20 };

/** An article with what articles have: headings, links, lists, code and pictures, between what pages have around them. */
function article(paragraphs: number): string {
  const parts = Array.from({ length: paragraphs }, (_, at) => {
    const words =
      `Paragraph ${at} tells of <a href="/gauges/${at}">the gauge</a> of the harbour, <b>its float</b> and of those
      who read it every morning, however the weather was. `.repeat(2);
    if (at % 20 === 5) return `<h2>Of the year ${1800 + at}</h2><p>${words}</p>`;
    if (at % 20 === 9) return `<ul><li>${words}</li><li><p>${words}</p></li></ul>`;
    if (at % 20 === 13) return `<pre><code class="language-python">print(${at})\nread()</code></pre>`;
    if (at % 20 === 17)
      return `<figure><img src="/${at}.png"><figcaption>The tide of ${at}</figcaption></figure>`;
    return `<p>${words}</p>`;
  });
  const links = Array.from(
    { length: 60 },
    (_, at) => `<li><a href="/${at}">Another page ${at}</a></li>`,
  ).join('');
  return `<!doctype html><title>Tides</title><nav><ul>${links}</ul></nav><article><h1>Tides</h1>${parts.join('\n')}</article>
    <aside class="sidebar"><ul>${links}</ul></aside><footer>${links}</footer>`;
}

const program = findChromium();
if (!program) throw new Error('Chromium is not installed: set CHROMIUM, or install it.');
const browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox', '--disable-gpu'] });
const script = await injectedScript('read-content');
const library = readFileSync(
  createRequire(import.meta.url).resolve('@mozilla/readability/Readability.js'),
  'utf8',
);

const RUN = {
  ours: `globalThis.__rowmarkReadContent('article')`,
  library: `new Readability(document.cloneNode(true)).parse()`,
};
const timed = (what: string) =>
  `(async () => { const at = performance.now(); await ${what}; return performance.now() - at; })()`;

console.log(`${cpus()[0]?.model ?? 'some processor'}, ${cpus().length} of them`);
try {
  for (const size of SIZES) {
    const page = await browser.newPage();
    await page.setContent(article(size));
    const world = await isolatedWorld(page);
    await world.run(script);
    await world.run(`${library}\nglobalThis.Readability = Readability; 0`);
    const samples = await inTurn(ROUNDS, {
      ours: async () => (await world.run(timed(RUN.ours))) as number,
      library: async () => (await world.run(timed(RUN.library))) as number,
    });
    const found = (await world.run(RUN.ours)) as FoundContent;
    const nodes = parseContent(found)?.nodes ?? [];
    const made = await inTurn(ROUNDS, {
      blocks: () => {
        const at = performance.now();
        partsOf(blocksOf(nodes, { title: 'Tides' }).blocks);
        return performance.now() - at;
      },
    });
    const { blocks } = blocksOf(nodes, { title: 'Tides' });
    const count = blocks.reduce((sum, block) => sum + countBlocks(block), 0);
    console.log(`
${size} paragraphs, ${count} blocks in ${partsOf(blocks).length} parts, ${JSON.stringify(blocks).length} bytes:
  read in the page: ${inWords(figureOf(samples.ours), 'ms')}
  Readability alone: ${inWords(figureOf(samples.library), 'ms')}; ratio ${ratioInWords(ratioOf(samples.ours, samples.library))}
  blocks and parts: ${inWords(figureOf(made.blocks), 'ms')}`);
    await page.close();
  }
} finally {
  await browser.close();
}
