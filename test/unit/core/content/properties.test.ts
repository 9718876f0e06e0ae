/** What holds for the blocks of any page: nothing is lost or moved, and Notion takes every part. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blocksOf } from '../../../../src/core/content/blocks.ts';
import type { ContentNode } from '../../../../src/core/content/node.ts';
import { partsOf } from '../../../../src/core/content/parts.ts';
import { plainer } from '../../../../src/core/content/plain.ts';
import { type Block, childrenOf, countBlocks, wordsIn } from '../../../../src/core/notion/block.ts';
import { checkShape } from '../../../../src/sandbox/contract/contract.ts';

const word = fc.oneof(
  fc.stringMatching(/^[a-z]{1,8}$/),
  fc.constantFrom('日本', 'שלום', 'naïve', '$5', '<div>', '_a_', '👩‍🚀', '|', '\\'),
);
/** Words that are told apart by their number, so that order can be seen. */
const words = fc.array(word, { minLength: 1, maxLength: 6 }).map((all) => ` ${all.join(' ')} `);
const long = word.map((one) => `${one} `.repeat(700));

/** More pieces than one block takes. */
const coloured: ContentNode = {
  name: 'span',
  attributes: {},
  children: Array.from({ length: 230 }, (_, at) => ({
    name: at % 2 === 0 ? 'b' : 'i',
    attributes: {},
    children: ['piece '],
  })),
};

/** More blocks than one block takes. */
const crowded: ContentNode = {
  name: 'blockquote',
  attributes: {},
  children: Array.from({ length: 130 }, () => ({ name: 'p', attributes: {}, children: ['paragraph'] })),
};

const INLINE = ['b', 'i', 'code', 'mark', 'a', 'span', 's', 'u'];
const FLOW = [
  'p',
  'div',
  'h2',
  'h5',
  'blockquote',
  'section',
  'figure',
  'details',
  'aside',
  'summary',
  'figcaption',
];

const address = fc.constantFrom(
  'https://example.org/a',
  'http://x.test/?q=ü',
  'javascript:1',
  'mailto:a@b.test',
);

const { node } = fc.letrec<{ node: ContentNode; inline: ContentNode; item: ContentNode; list: ContentNode }>(
  (tie) => ({
    inline: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'inline' },
      words,
      fc.constant({ name: 'br', attributes: {}, children: [] }),
      fc.record({
        name: fc.constantFrom(...INLINE),
        attributes: fc.record({ href: address }),
        children: fc.array(tie('inline'), { maxLength: 3, depthIdentifier: 'inline' }),
      }),
    ),
    item: fc.record({
      name: fc.constant('li'),
      attributes: fc.oneof(fc.constant({}), fc.constant({ checked: 'true' })),
      children: fc.array(tie('node'), { maxLength: 3, depthIdentifier: 'node' }),
    }) as fc.Arbitrary<ContentNode>,
    list: fc.record({
      name: fc.constantFrom('ul', 'ol'),
      attributes: fc.oneof(fc.constant({}), fc.constant({ start: '3' })),
      children: fc.array(tie('item'), { maxLength: 4, depthIdentifier: 'node' }),
    }) as fc.Arbitrary<ContentNode>,
    node: fc.oneof(
      { maxDepth: 6, depthIdentifier: 'node' },
      tie('inline'),
      long,
      fc.record({
        name: fc.constantFrom(...FLOW),
        attributes: fc.constantFrom({}, { kind: 'tip' }),
        children: fc.array(tie('node'), { maxLength: 4, depthIdentifier: 'node' }),
      }),
      tie('list'),
      fc.constantFrom<ContentNode>(
        coloured,
        crowded,
        { name: 'li', attributes: {}, children: [coloured] },
        { name: 'img', attributes: { src: 'https://example.org/a.png' }, children: [] },
        { name: 'hr', attributes: {}, children: [] },
        { name: 'iframe', attributes: { src: 'https://example.org/frame' }, children: [] },
        { name: 'math', attributes: { latex: 'x^2', display: 'block' }, children: [] },
        { name: 'pre', attributes: { language: 'ts' }, children: ['let\ta = 1;\n'.repeat(300)] },
      ),
      fc
        .array(fc.array(words, { minLength: 1, maxLength: 3 }), { maxLength: 120, size: '+1' })
        .map((rows) => ({
          name: 'table',
          attributes: {},
          children: rows.map((cells) => ({
            name: 'tr',
            attributes: {},
            children: cells.map((text) => ({ name: 'td', attributes: {}, children: [text] })),
          })),
        })),
    ),
  }),
);
const pages = fc.array(node, { maxLength: 12, size: '+1' });

/** All that is written, without white space; what only parts things is left out. */
const bare = (text: string): string => text.replace(/\s+/g, '');

const textIn = (one: ContentNode): string =>
  typeof one === 'string'
    ? one
    : one.name === 'math'
      ? (one.attributes.latex ?? '')
      : one.children.map(textIn).join('');

const blocksIn = (block: Block): Block[] => [block, ...childrenOf(block).flatMap(blocksIn)];
const wordsOf = (blocks: readonly Block[]) => bare(blocks.flatMap(blocksIn).map(wordsIn).join(''));

/** Each sign with how often it is there: what a page says stands in another order where Notion wants that. */
function census(text: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const sign of text) counts[sign] = (counts[sign] ?? 0) + 1;
  return counts;
}

/** What is put in beside the page's own words: numbers and signs of lists. */
const OWN = /[\d.–•☑☐]/g;

describe('the blocks of any page', () => {
  it('say all that the page says, and nothing else', () => {
    fc.assert(
      fc.property(pages, (nodes) => {
        const { blocks } = blocksOf(nodes, { title: '' });
        const said = wordsOf(blocks).replace(OWN, '');
        expect(census(said)).toEqual(census(bare(nodes.map(textIn).join('')).replace(OWN, '')));
      }),
      { numRuns: 300 },
    );
  });

  it('keep the order of paragraphs', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('p', 'h3', 'blockquote', 'div'), { maxLength: 300, size: 'max' }),
        (names) => {
          const nodes = names.map((name, at) => ({ name, attributes: {}, children: [`n${at}`] }));
          const { blocks } = blocksOf(nodes, { title: '' });
          expect(partsOf(blocks).flat().map(wordsIn)).toEqual(names.map((_, at) => `n${at}`));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('are taken by Notion in parts, and so is each plainer form of a part', () => {
    const refusal = (children: readonly Block[]) =>
      checkShape('AppendBlockChildrenBodyParameters', '2026-03-11', { children });
    fc.assert(
      fc.property(pages, fc.constantFrom('', 'body.children[1].image'), (nodes, why) => {
        const { blocks } = blocksOf(nodes, { title: '' });
        const parts = partsOf(blocks);
        expect(parts.flat()).toEqual(blocks);
        for (const part of parts) {
          for (
            let form: readonly Block[] | null = part, times = 0;
            form;
            form = plainer(form, { times: times++, why })
          ) {
            expect(refusal(form)).toBeUndefined();
            expect(times).toBeLessThan(10);
            expect(form.length).toBeLessThanOrEqual(100);
            expect(form.reduce((sum, block) => sum + countBlocks(block), 0)).toBeLessThanOrEqual(1_000);
            expect(Buffer.byteLength(JSON.stringify(form))).toBeLessThan(450_000);
            for (const block of form.flatMap(blocksIn)) checkLimits(block);
            // Whatever form it is in, it says the same; what was fetched is called by its address.
            const said = census(wordsOf(form));
            const lost = Object.entries(census(wordsOf(part))).filter(
              ([sign, count]) => (said[sign] ?? 0) < count,
            );
            expect(lost).toEqual([]);
          }
        }
      }),
      { numRuns: 150 },
    );
  });
});

/** "Request limits" in Notion's reference. */
function checkLimits(block: Block): void {
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      expect(value.length).toBeLessThanOrEqual(100);
      for (const one of value) visit(one);
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, one] of Object.entries(value)) {
        if (name === 'content') expect(String(one).length).toBeLessThanOrEqual(2_000);
        if (name === 'content') expect(String(one).isWellFormed()).toBe(true);
        if (name === 'url') expect(String(one).length).toBeLessThanOrEqual(2_000);
        if (name === 'expression') expect(String(one).length).toBeLessThanOrEqual(1_000);
        visit(one);
      }
    }
  };
  visit(block);
}
