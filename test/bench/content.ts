/**
 * `npm run bench:content`: reading what a page says, in Chromium, against two libraries in the same run: Mozilla's Readability and
 * Defuddle, each by itself on a clone of the same page, by turns in the same page. They find the article, while ours copies the page
 * as it is seen, finds it by them, and gives the tree that blocks are made of. First how long it takes on articles of several sizes,
 * and making blocks and parts of it in Node. Then what is found: words and blocks on the pages of our own tests, whose right content
 * was decided by hand; a set that ours was made with, so that its share says less than what the others lose. How long keeping takes is
 * in `bench:quick-save`; what is injected has its size in `expected-files.json`.
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
import { contentPages, written } from '../browser/stage/content-pages.ts';
import { serveFixturePages } from '../browser/stage/fixture-pages.ts';
import { injectedScript } from '../browser/stage/injected-scripts.ts';
import { isolatedWorld } from '../browser/stage/isolated-world.ts';
import { figureOf, inTurn, inWords, line, quantile, ratioInWords, ratioOf } from './measure.ts';

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
const resolve = createRequire(import.meta.url).resolve;
const libraries = [
  readFileSync(resolve('@mozilla/readability/Readability.js'), 'utf8'),
  'globalThis.Readability = Readability;',
  readFileSync(resolve('defuddle'), 'utf8'),
  '0;',
].join('\n');

/** What each gives, as an element's HTML. */
const RUN = {
  ours: `globalThis.__rowmarkReadContent('article', 'Transcript')`,
  readability: `(new Readability(document.cloneNode(true)).parse()?.content ?? '')`,
  defuddle: `(new Defuddle(document.cloneNode(true), { url: document.URL }).parse()?.content ?? '')`,
};
type Name = keyof typeof RUN;
const NAMES: readonly Name[] = ['ours', 'readability', 'defuddle'];
const timed = (what: string) =>
  `(async () => { const at = performance.now(); await ${what}; return performance.now() - at; })()`;

console.log(`${cpus()[0]?.model ?? 'some processor'}, ${cpus().length} of them`);
try {
  for (const size of SIZES) {
    const page = await browser.newPage();
    await page.setContent(article(size));
    const world = await isolatedWorld(page);
    await world.run(script);
    await world.run(libraries);
    const time = (name: Name) => async () => (await world.run(timed(RUN[name]))) as number;
    const samples = await inTurn(ROUNDS, {
      ours: time('ours'),
      readability: time('readability'),
      defuddle: time('defuddle'),
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
    console.log(
      `\n${size} paragraphs, ${count} blocks in ${partsOf(blocks).length} parts, ${JSON.stringify(blocks).length} bytes:`,
    );
    for (const name of NAMES) {
      line(
        `  ${name}`,
        `${inWords(figureOf(samples[name]), 'ms')}, of twenty all but one within ${quantile(samples[name], 0.95).toFixed(1)} ms`,
        name === 'ours' ? '' : `ours is ${ratioInWords(ratioOf(samples.ours, samples[name]))} of it`,
      );
    }
    line('  blocks and parts', inWords(figureOf(made.blocks), 'ms'));
    await page.close();
  }
  await compareWhatIsFound();
} finally {
  await browser.close();
}

/** Words of a text, with how many times each. */
function wordsOf(html: string): Map<string, number> {
  const text = html
    .replace(/<(?:script|style)\b[\s\S]*?<\/(?:script|style)>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(?:amp|lt|gt|quot|nbsp|#39|#160);/g, ' ');
  const counts = new Map<string, number>();
  for (const { segment, isWordLike } of new Intl.Segmenter('en', { granularity: 'word' }).segment(text))
    if (isWordLike) counts.set(segment, (counts.get(segment) ?? 0) + 1);
  return counts;
}

function total(counts: Map<string, number>): number {
  return [...counts.values()].reduce((sum, one) => sum + one, 0);
}
function shared(some: Map<string, number>, others: Map<string, number>): number {
  return [...some].reduce((sum, [word, count]) => sum + Math.min(count, others.get(word) ?? 0), 0);
}

/** How many elements become a block of Notion's each. */
function blocksIn(html: string): number {
  const block = /<(?:p|h[1-6]|li|pre|tr|figure|img|hr|details|aside|blockquote|iframe|video|audio)\b/g;
  return html.match(block)?.length ?? 0;
}

async function compareWhatIsFound(): Promise<void> {
  const site = await serveFixturePages();
  const sums = Object.fromEntries(
    NAMES.map((name) => [name, { kept: 0, right: 0, found: 0, blocks: 0, exact: 0, failed: 0 }]),
  ) as Record<
    Name,
    { kept: number; right: number; found: number; blocks: number; exact: number; failed: number }
  >;
  let blocks = 0;
  const page = await browser.newPage();
  for (const { name, expected } of contentPages) {
    await page.goto(`${site.origin}/content/${name}.html`, { waitUntil: 'load' });
    const world = await isolatedWorld(page);
    await world.run(script);
    await world.run(libraries);
    const right = wordsOf(expected);
    blocks += blocksIn(expected);
    for (const each of NAMES) {
      const sum = sums[each];
      let html = '';
      try {
        const found = await world.run(RUN[each]);
        html = typeof found === 'string' ? found : written((found as FoundContent).nodes, site.origin);
      } catch {
        sum.failed++;
      }
      const words = wordsOf(html);
      const both = shared(right, words);
      sum.right += total(right);
      sum.kept += both;
      sum.found += total(words);
      sum.blocks += blocksIn(html);
      // Every word that is right and no other, on this page.
      if (both === total(right) && both === total(words)) sum.exact++;
    }
  }
  await page.close();
  await site.close();
  console.log(`\nWhat is found on ${contentPages.length} pages of our own, ${blocks} blocks by hand:`);
  for (const each of NAMES) {
    const { kept, right, found, blocks: made, exact, failed } = sums[each];
    const share = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;
    line(
      `  ${each}`,
      `${share(kept, right)} of the words that are right; ${share(found - kept, found)} of its own are not`,
      `${made} blocks`,
      `every word and no other on ${exact} pages`,
      failed > 0 ? `threw on ${failed}` : '',
    );
  }
}
