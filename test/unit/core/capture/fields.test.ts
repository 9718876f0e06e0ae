import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PageFacts } from '../../../../src/core/capture/capture.ts';
import { fieldsFrom } from '../../../../src/core/capture/fields.ts';
import { visible } from '../../../../src/core/text/visible.ts';

const facts = (some: Partial<PageFacts> = {}): PageFacts => ({
  url: 'https://example.org/story',
  title: '',
  selection: '',
  meta: {},
  ...some,
});

describe('the title', () => {
  const all = facts({
    title: 'Of the tab',
    heading: 'Heading',
    meta: { ogTitle: 'Open Graph', twitterTitle: 'Twitter', jsonLdTitle: 'JSON-LD' },
  });

  it('is the tab’s own, even where the metadata says otherwise', () => {
    expect(fieldsFrom(all).title).toBe('Of the tab');
  });

  it('is taken from the next source when one is missing or blank', () => {
    const { ogTitle, twitterTitle, jsonLdTitle } = all.meta;
    const title = (some: Partial<PageFacts>) => fieldsFrom({ ...all, title: ' \n', ...some }).title;
    expect(title({})).toBe('Open Graph');
    expect(title({ meta: { ogTitle: ' ', twitterTitle, jsonLdTitle } })).toBe('Twitter');
    expect(title({ meta: { jsonLdTitle } })).toBe('JSON-LD');
    expect(title({ meta: {} })).toBe('Heading');
    expect(ogTitle).toBeDefined();
  });

  it('is not one of which nothing is seen, and holds no hidden marks', () => {
    const { ogTitle } = all.meta;
    for (const title of [
      '\u200b\u200c\u2060',
      '\ufeff',
      '\u00ad \u3164',
      '\u2800',
      '\u2066\u2069',
      '\u{e0041}',
    ])
      expect(fieldsFrom({ ...all, title }).title, JSON.stringify(title)).toBe(ogTitle);
    expect(fieldsFrom({ ...all, title: 'Wa\ufefft\u200ber\u{e0001} 👩\u200d🚀' }).title).toBe(
      'Water 👩\u200d🚀',
    );
    expect(
      fieldsFrom({ ...all, title: '\u200b', meta: { ogTitle: '\u200d', twitterTitle: 'می\u200cخواهم' } })
        .title,
    ).toBe('می\u200cخواهم');
  });

  it.each([
    ['https://www.example.org/', 'example.org'],
    ['https://example.org/a%E2%80%8Bb.pdf', 'ab.pdf'],
    ['https://example.org/papers/On%20moving%20magnets.pdf?dl=1#page=2', 'On moving magnets.pdf'],
    ['https://example.org/a/b/', 'example.org/a/b'],
    ['https://example.org:8443/%D0%B4%D0%BE%D0%BC', 'example.org:8443/дом'],
    ['https://example.org/100%', 'https://example.org/100%'],
    ['https://example.org/v1.2/release', 'example.org/v1.2/release'],
    ['not an address', 'not an address'],
  ])('of %s without any is %s', (url, title) => {
    expect(fieldsFrom(facts({ url })).title).toBe(title);
  });

  it('keeps everything but white space', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }), (title) => {
        const bare = visible(title).replace(/\s+/g, '');
        fc.pre(bare !== '');
        expect(fieldsFrom(facts({ title })).title.replace(/\s+/g, '')).toBe(bare);
      }),
    );
  });
});

describe('the address', () => {
  it.each([
    ['https://example.org/a#:~:text=some%20words', 'https://example.org/a'],
    ['https://example.org/a#part:~:text=some,words', 'https://example.org/a#part'],
    ['https://app.example/#/inbox/42', 'https://app.example/#/inbox/42'],
    ['https://example.org/?q=:~:text', 'https://example.org/?q=:~:text'],
    ['https://example.org/a', 'https://example.org/a'],
  ])('%s is kept as %s', (url, kept) => {
    expect(fieldsFrom(facts({ url })).url).toBe(kept);
  });

  it('is the tab’s and not what the page calls itself', () => {
    const page = facts({ canonical: 'https://other.example/', meta: { ogUrl: 'https://other.example/' } });
    expect(fieldsFrom(page).url).toBe('https://example.org/story');
  });
});

describe('the description', () => {
  const meta = {
    description: 'Own',
    ogDescription: 'Open Graph',
    twitterDescription: 'Twitter',
    jsonLdDescription: 'JSON-LD',
  };

  it('is what is selected, paragraph by paragraph', () => {
    const selection = '  One \t line\nand the next  \n\n\n\n Second   paragraph \n';
    expect(fieldsFrom(facts({ selection, meta })).description).toBe(
      'One line\nand the next\n\nSecond paragraph',
    );
  });

  it('is the page’s own when nothing is selected', () => {
    const of = (some: PageFacts['meta'], title = '') => fieldsFrom(facts({ meta: some, title })).description;
    expect(of(meta)).toBe('Own');
    expect(of({ ...meta, description: ' ' })).toBe('Open Graph');
    expect(of({ twitterDescription: 'Twitter', jsonLdDescription: 'JSON-LD' })).toBe('Twitter');
    expect(of({ jsonLdDescription: 'JSON-LD' })).toBe('JSON-LD');
    expect(of({})).toBe('');
    expect(of({ ...meta, description: '\u200b\u200b' })).toBe('Open Graph');
    expect(of({ description: 'Ow\u2063n' }, 'Own'), 'the title with a mark in it').toBe('');
    expect(of(meta, 'Own'), 'the title said twice tells nothing').toBe('Open Graph');
  });
});

it('fields can be read from whatever facts there are', () => {
  const text = fc.string({ unit: 'binary', maxLength: 50 });
  const page = fc.record({ url: text, title: text, selection: text, meta: fc.constant({}) });
  fc.assert(
    fc.property(page, (facts) => {
      const { url, title, description } = fieldsFrom(facts);
      expect([typeof url, typeof title, typeof description]).toEqual(['string', 'string', 'string']);
      expect(title).toBe(title.replace(/\s+/g, ' ').trim());
    }),
  );
});
