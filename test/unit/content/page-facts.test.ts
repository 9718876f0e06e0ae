/** The reader on documents without a browser: what a DOM alone can show, and quickly. */
import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { readPageFacts } from '../../../src/content/page-facts.ts';
import type { PageFacts } from '../../../src/core/capture/capture.ts';

const ADDRESS = 'https://example.org/story?id=1#part';

function factsOf(head: string, body = ''): PageFacts {
  const html = `<!doctype html><html lang="en"><head>${head}</head><body>${body}</body></html>`;
  return readPageFacts(parseHTML(html).document as unknown as Document, { href: ADDRESS });
}

const jsonLd = (...things: unknown[]): string =>
  things.map((thing) => `<script type="application/ld+json">${JSON.stringify(thing)}</script>`).join('');

describe('what stands in the head', () => {
  it('is read by source, the first that says something', () => {
    const facts = factsOf(`
      <title>
        Folded \t title </title>
      <meta property="og:title" content=""><meta property="og:title" content="One"><meta property="og:title" content="Two">
      <meta name="Twitter:Title" content="Bird"><meta name="DESCRIPTION" content=" Own
        words ">
      <meta property="article:author" content="https://social.example/ada"><meta name="author" content="Ada">`);
    expect(facts).toMatchObject({
      url: ADDRESS,
      title: 'Folded title',
      language: 'en',
      meta: { ogTitle: 'One', twitterTitle: 'Bird', description: 'Own words', authors: ['Ada'] },
    });
    expect(facts.meta).not.toHaveProperty('ogDescription');
  });

  it('that nobody sees does not count', () => {
    const facts = factsOf(`<title>\u200b\u200d\u2060</title>
      <meta property="og:title" content="\u200b"><meta property="og:title" content="O\ufeffne">
      <meta name="author" content="\u2062">`);
    expect(facts.title).toBe('');
    expect(facts.meta).toEqual({ ogTitle: 'One' });
  });

  it('one element may carry several names', () => {
    const facts = factsOf(
      '<meta name="description" property="og:description twitter:description" content="All">',
    );
    expect(facts.meta).toMatchObject({ description: 'All', ogDescription: 'All', twitterDescription: 'All' });
  });

  it('is read up to a bound', () => {
    const noise = '<meta name="noise" content="x">'.repeat(2_000);
    expect(factsOf(`<meta name="author" content="Early">${noise}`).meta.authors).toEqual(['Early']);
    expect(factsOf(`${noise}<meta name="author" content="Late">`).meta).toEqual({});
  });
});

describe('texts', () => {
  it('are kept whole up to 100,000 characters', () => {
    const title = `${'title '.repeat(4_000)}end`;
    const description = 'd'.repeat(150_000);
    const facts = factsOf(`<title>${title}</title><meta name="description" content="${description}">`);
    expect(facts.title).toBe(title);
    expect(facts.meta.description).toHaveLength(100_000);
  });

  it('are never cut within a character', () => {
    const facts = factsOf(`<meta name="description" content="${'x'.repeat(99_999)}😀">`);
    expect(facts.meta.description).toBe('x'.repeat(99_999));
  });

  it('hold no control characters and no halves of characters, whatever the page holds', () => {
    const text = fc.string({ unit: 'binary', maxLength: 80 }).map((some) => `${some}\ud83d`);
    fc.assert(
      fc.property(text, (some) => {
        const { document } = parseHTML('<!doctype html><html><head><title>x</title></head></html>');
        document.title = some;
        const { title } = readPageFacts(document as unknown as Document, { href: ADDRESS });
        expect(title.isWellFormed()).toBe(true);
        expect(title).not.toMatch(/[\p{Cc}]/u);
      }),
    );
  });
});

describe('JSON-LD', () => {
  it('tells of the page’s subject and not of its site, owner or breadcrumbs', () => {
    const graph = {
      '@graph': [
        { '@type': 'WebSite', name: 'Site', description: 'The site' },
        { '@type': 'Organization', '@id': '#owner', name: 'Owner' },
        { '@type': 'WebPage', name: 'Page', description: 'Of the page' },
        { '@type': ['NewsArticle'], headline: 'Article', author: [{ '@id': '#owner' }, 'Ada'] },
        { '@type': 'BreadcrumbList', name: 'Crumbs' },
      ],
    };
    expect(factsOf(jsonLd(graph)).meta).toEqual({
      jsonLdTitle: 'Article',
      jsonLdDescription: 'Of the page',
      authors: ['Owner', 'Ada'],
    });
  });

  it('is found in arrays, in several scripts and as the main entity of a page', () => {
    expect(factsOf(jsonLd([[{ '@type': 'Recipe', name: 'Soup' }]])).meta.jsonLdTitle).toBe('Soup');
    expect(factsOf(jsonLd({}, { '@type': 'Book', name: 'Tides' })).meta.jsonLdTitle).toBe('Tides');
    const page = { '@type': 'WebPage', mainEntity: { '@type': 'Question', name: 'Why?' } };
    expect(factsOf(jsonLd(page)).meta.jsonLdTitle).toBe('Why?');
  });

  it('of any broken kind counts for nothing and harms nothing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (thing) => {
        const good = { '@type': 'Article', headline: 'Good' };
        const text = JSON.stringify({ '@type': 'Article', headline: thing, author: thing, '@graph': thing });
        const broken = `<script type="application/ld+json">${text.replaceAll('<', '\\u003c').slice(0, -1)}</script>`;
        expect(factsOf(broken + jsonLd(good)).meta.jsonLdTitle).toBe('Good');
        expect(typeof factsOf(jsonLd({ '@type': 'Thing', name: 'x' })).title).toBe('string');
      }),
    );
    const deep = JSON.parse(`${'{"@graph":['.repeat(2_000)}1${']}'.repeat(2_000)}`);
    expect(factsOf(jsonLd(deep)).meta).toEqual({});
  });

  it('is left alone when there is too much of it', () => {
    const late = { '@type': 'Article', headline: 'Late' };
    expect(factsOf(jsonLd(...new Array(20).fill({}), late)).meta).toEqual({});
    const long = { '@type': 'Article', headline: 'Long', articleBody: 'x'.repeat(500_000) };
    expect(factsOf(jsonLd(long)).meta).toEqual({});
  });

  it('escaped for HTML is read as it was meant, once', () => {
    const headline = 'Tom &amp; Jerry&#39;s &#x1F63A; &amp;lt; &nosuch; &#xFFFFFF;';
    expect(factsOf(jsonLd({ '@type': 'Article', headline })).meta.jsonLdTitle).toBe(
      "Tom & Jerry's 😺 &lt; &nosuch; &#xFFFFFF;",
    );
  });
});

describe('who made the page', () => {
  const authors = (head: string) => factsOf(head).meta.authors;
  const metas = (...all: [string, string][]) =>
    all.map(([name, content]) => `<meta name="${name}" content="${content}">`).join('');

  it('is a list, a name each, as often as it is told', () => {
    expect(authors(metas(['citation_author', 'Okoro, Mina'], ['citation_author', 'Lindqvist, Åsa']))).toEqual(
      ['Okoro, Mina', 'Lindqvist, Åsa'],
    );
    expect(authors(metas(['author', 'Ada'], ['author', 'Bob'], ['author', 'Ada']))).toEqual(['Ada', 'Bob']);
    expect(authors('<meta itemprop="author" content="Ada"><meta itemprop="author" content="Bob">')).toEqual([
      'Ada',
      'Bob',
    ]);
  });

  it('is taken from where each is named alone', () => {
    const linked = jsonLd({ '@type': 'Article', author: [{ name: 'Ada Byron' }, { name: 'Mina Okoro' }] });
    expect(authors(metas(['author', 'Ada Byron, Mina Okoro']) + linked)).toEqual(['Ada Byron', 'Mina Okoro']);
    expect(authors(metas(['author', 'Ada Byron, Mina Okoro']))).toEqual(['Ada Byron, Mina Okoro']);
    expect(authors(metas(['author', 'Ada Byron']) + linked)).toEqual(['Ada Byron']);
    const profile = '<meta property="article:author" content="https://social.example/ada">';
    expect(authors(profile)).toBeUndefined();
    expect(authors(profile + linked)).toEqual(['Ada Byron', 'Mina Okoro']);
  });

  it.each([
    [['Ada', 'Bob'], 'strings'],
    [
      [
        { '@type': 'Person', name: 'Ada' },
        { '@type': 'Organization', name: 'Bob' },
      ],
      'things',
    ],
    [[{ '@id': '#a' }, 'Bob'], 'an id and a string'],
    [[['Ada'], [{ name: ['Bob', 'Robert'] }]], 'lists in a list'],
    [{ '@list': ['Ada', { name: { '@value': 'Bob' } }] }, 'a list of JSON-LD'],
    [
      [
        { '@type': 'Role', author: { name: 'Ada' } },
        { '@type': 'Role', author: 'Bob' },
      ],
      'roles',
    ],
    [
      ['Ada', { givenName: 'Bob' }, 'https://example.org/ada', { '@id': '#nobody' }, null, 7, {}],
      'and others that tell nothing',
    ],
  ])('is read from JSON-LD: %j, %s', (author: unknown, _: string) => {
    const graph = {
      '@graph': [
        { '@type': 'Article', author },
        { '@id': '#a', '@type': 'Person', name: 'Ada' },
      ],
    };
    expect(authors(jsonLd(graph))).toEqual(['Ada', 'Bob']);
  });

  it('is found where ids go round and lists are deep', () => {
    const round = {
      '@graph': [
        { '@type': 'Article', author: { '@id': '#a' } },
        { '@id': '#a', author: { '@id': '#a' } },
      ],
    };
    expect(authors(jsonLd(round))).toBeUndefined();
    const deep = JSON.parse(`${'['.repeat(500)}"Ada"${']'.repeat(500)}`);
    expect(authors(jsonLd({ '@type': 'Article', author: deep }))).toBeUndefined();
    expect(
      authors(jsonLd({ '@type': 'Article', author: new Array(5_000).fill(0).map((_, n) => `A${n}`) })),
    ).toHaveLength(100);
  });
});

describe('when the page was published', () => {
  const published = (head: string, body = '') => factsOf(head, body).meta.published;

  it.each([
    ['<meta name="citation_publication_date" content="2019/12/30">', '2019/12/30'],
    ['<meta name="citation_date" content="2019/3/7">', '2019/3/7'],
    ['<meta name="DC.Date.Issued" content="2019-03">', '2019-03'],
    ['<meta name="parsely-pub-date" content="2019-12-30T10:00:00Z">', '2019-12-30T10:00:00Z'],
    [
      '<meta name="sailthru.date" content="Mon, 30 Dec 2019 10:00:00 +0000">',
      'Mon, 30 Dec 2019 10:00:00 +0000',
    ],
    ['<meta itemprop="datePublished" content="20191230">', '20191230'],
    [
      '<meta property="article:published_time" content="2019"><meta name="citation_date" content="2019/12/30">',
      '2019/12/30',
    ],
    ['<meta name="date" content="2021-01-01"><meta name="citation_date" content="2019/12/30">', '2019/12/30'],
    ['<meta name="date" content="03/04/2019">', '03/04/2019'],
    [jsonLd({ '@type': 'Article', datePublished: '30 December 2019' }), '30 December 2019'],
    [
      jsonLd(
        { '@type': 'WebPage', datePublished: '2020-01-01' },
        { '@type': 'Article', datePublished: 'soon' },
      ),
      '2020-01-01',
    ],
  ])('is what tells a day: %s', (head, text) => {
    expect(published(head)).toBe(text);
  });

  it('is what the text of the page marks so', () => {
    expect(published('', '<time datetime="2020-01-01">now</time>')).toBeUndefined();
    expect(published('', '<time pubdate datetime="2019-12-30">then</time>')).toBe('2019-12-30');
    expect(published('', '<time itemprop="datePublished" datetime="2019-12-30">then</time>')).toBe(
      '2019-12-30',
    );
    expect(published('', '<span itemprop="datePublished" content="2019-12-30">then</span>')).toBe(
      '2019-12-30',
    );
  });
});

describe('the first heading', () => {
  it('is the first that says something, an h1 before an h2', () => {
    expect(factsOf('', '<h2>Two</h2><h1> </h1><h1>One <em>and</em>\n more</h1>').heading).toBe(
      'One and more',
    );
    expect(factsOf('', '<h2>Two</h2>').heading).toBe('Two');
    expect(factsOf('', '<h3>Three</h3>')).not.toHaveProperty('heading');
  });
});

describe('the canonical address', () => {
  const canonical = (link: string) => factsOf(link).canonical;

  it('counts only from the head and only for the web', () => {
    expect(canonical('<link rel="alternate CANONICAL" href="https://example.org/a">')).toBe(
      'https://example.org/a',
    );
    expect(canonical('<link rel="canonical" href="javascript:alert(1)">')).toBeUndefined();
    expect(canonical('<link rel="canonical" href="http://[">')).toBeUndefined();
    expect(factsOf('', '<link rel="canonical" href="https://spam.example/">').canonical).toBeUndefined();
  });
});

describe('what a row may begin with', () => {
  const read = (html: string, words = true) =>
    readPageFacts(parseHTML(html).document as unknown as Document, { href: ADDRESS }, { words });

  it('is the icon for home screens, or else the one for tabs', () => {
    const tab = '<link rel="shortcut icon" href="/favicon.png">';
    expect(read(`<html><head>${tab}</head></html>`).icon).toBe(new URL('/favicon.png', ADDRESS).href);
    const home = '<link rel="apple-touch-icon" href="home.png">';
    expect(read(`<html><head>${tab}${home}</head></html>`).icon).toBe(new URL('home.png', ADDRESS).href);
    expect(read('<html><head><link rel="icon" href="data:,x"></head></html>').icon).toBeUndefined();
  });

  it('is how many words the main text has, where that is wanted', () => {
    const page = `<html><body><nav>Home About</nav><article>Four score and seven years ago
      <script>let not = these;</script><p>don’t count twice</p></article></body></html>`;
    expect(read(page).words).toBe(9);
    expect(read('<html><body><p>電磁気学の歴史</p></body></html>').words).toBe(4);
    expect(read(page, false).words).toBeUndefined();
    expect(read('<html><body></body></html>').words).toBeUndefined();
  });
});

describe('a document that answers with errors', () => {
  it('still gives what there is', () => {
    const broken = new Proxy(
      {},
      {
        getPrototypeOf() {
          throw new Error('no');
        },
        get() {
          throw new Error('no');
        },
      },
    ) as Document;
    expect(readPageFacts(broken, { href: ADDRESS })).toEqual({
      url: ADDRESS,
      title: '',
      selection: '',
      meta: {},
    });
    const nowhere = {
      get href(): string {
        throw new Error('no');
      },
    };
    expect(readPageFacts(broken, nowhere).url).toBe('');
  });
});
