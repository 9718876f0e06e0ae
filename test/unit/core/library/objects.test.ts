/** Libraries in JSON and XML. */
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readLibrary } from '../../../../src/core/library/read.ts';
import { allSaid, at, bytesOf, read } from './library.ts';

const URL_1 = 'https://example.org/1';
const URL_2 = 'https://example.org/2';

describe('a backup of a browser', () => {
  const places = {
    root: 'placesRoot',
    type: 'text/x-moz-place-container',
    title: '',
    children: [
      {
        root: 'toolbarFolder',
        title: 'toolbar',
        type: 'text/x-moz-place-container',
        children: [
          { type: 'text/x-moz-place-separator' },
          {
            type: 'text/x-moz-place',
            uri: URL_1,
            title: 'One',
            tags: 'a,b c',
            dateAdded: 1_700_000_001_000_000,
            annos: [{ name: 'bookmarkProperties/description', value: 'Old words' }],
          },
          { type: 'text/x-moz-place', uri: 'place:parent=x', title: 'A search' },
        ],
      },
    ],
  };
  const expected = [
    {
      url: URL_1,
      title: 'One',
      tags: ['a', 'b c'],
      created: at('2023-11-14T22:13:21Z'),
      note: 'Old words',
      folder: ['toolbar'],
    },
  ];

  it('of Firefox', () => {
    expect(read(places).format).toBe('firefox');
    expect(allSaid(places)).toEqual(expected);
    expect(read(places).refused).toEqual([{ number: 2, what: 'place:parent=x', why: 'not-web' }]);
  });

  it('of Firefox, compressed: copies that overlap with what they write, and long ones', () => {
    // `ab` and then itself, eight times over; the rest as it is.
    const text = JSON.stringify({ ...places, guid: 'abababababababab' });
    const [before = '', after = ''] = text.split('abababababababab');
    const literals = (content: string, match: number): number[] => {
      const bytes = [...bytesOf(content)];
      const long = bytes.length >= 15;
      const rest = bytes.length - 15;
      const lengths = long ? [...Array(Math.floor(rest / 255)).fill(255), rest % 255] : [];
      return [((long ? 15 : bytes.length) << 4) | match, ...lengths, ...bytes];
    };
    const block = [...literals(`${before}ab`, 10), 2, 0, ...literals(after, 0)];
    const size = bytesOf(text).length;
    const header = [...bytesOf('mozLz40\0'), size & 255, (size >> 8) & 255, 0, 0];
    expect(allSaid(Uint8Array.from([...header, ...block]))).toEqual(expected);
    const cut = Uint8Array.from([...header, ...block.slice(0, -20)]);
    expect(readLibrary(cut)).toEqual({ ok: false, why: 'damaged' });
  });

  it('of Chrome', () => {
    const profile = {
      checksum: 'x',
      roots: {
        bookmark_bar: {
          type: 'folder',
          name: 'Bookmarks bar',
          children: [
            { type: 'url', name: 'One', url: URL_1, date_added: '13118850929335823' },
            {
              type: 'folder',
              name: 'Deep',
              children: [{ type: 'url', name: 'Two', url: URL_2, date_added: '0' }],
            },
          ],
        },
        other: { type: 'folder', name: 'Other bookmarks', children: [] },
        sync_transaction_version: '1',
      },
      version: 1,
    };
    expect(read(profile).format).toBe('chrome');
    expect(allSaid(profile)).toEqual([
      { url: URL_1, title: 'One', created: at('2016-09-20T13:15:29.335Z'), folder: ['Bookmarks bar'] },
      { url: URL_2, title: 'Two', folder: ['Bookmarks bar', 'Deep'] },
    ]);
  });
});

describe('a library', () => {
  it.each([
    [
      'pinboard',
      [
        {
          href: URL_1,
          description: 'One',
          extended: 'Mine',
          time: '2016-10-31T15:57:56Z',
          toread: 'yes',
          tags: 'a b',
        },
      ],
      { title: 'One', note: 'Mine', created: at('2016-10-31T15:57:56Z'), tags: ['a', 'b'], unread: true },
    ],
    [
      'delicious',
      [{ url: URL_1, title: 'One', description: 'Mine', created: '1400000000', tags: [''] }],
      { title: 'One', note: 'Mine', created: 1_400_000_000_000 },
    ],
    [
      'linkding',
      {
        count: 1,
        results: [
          {
            url: URL_1,
            title: '',
            website_title: 'One',
            description: 'Said',
            notes: 'Mine',
            tag_names: ['a'],
            date_added: '2024-03-04T09:41:00.123456Z',
            unread: true,
            is_archived: false,
          },
        ],
      },
      {
        title: 'One',
        note: 'Said\n\nMine',
        tags: ['a'],
        created: at('2024-03-04T09:41:00.123Z'),
        unread: true,
        archived: false,
      },
    ],
    [
      'karakeep',
      {
        bookmarks: [
          {
            createdAt: 1_700_000_001,
            title: null,
            tags: ['a'],
            lists: ['deep', 'smart'],
            content: { type: 'link', url: URL_1 },
            note: 'Mine',
            archived: true,
          },
        ],
        lists: [
          { id: 'top', name: 'Top', type: 'manual', parentId: null },
          { id: 'deep', name: 'Deep', type: 'manual', parentId: 'top' },
          { id: 'smart', name: 'Smart', type: 'smart', parentId: null },
        ],
      },
      {
        tags: ['a'],
        folder: ['Top', 'Deep'],
        created: at('2023-11-14T22:13:21Z'),
        note: 'Mine',
        archived: true,
      },
    ],
    [
      'linkwarden',
      {
        name: 'A user',
        email: 'user@example.org',
        collections: [
          { id: 1, name: 'Top', parentId: null, links: [] },
          {
            id: 2,
            name: 'Deep',
            parentId: 1,
            links: [
              {
                id: 7,
                name: 'One',
                url: URL_1,
                description: 'Mine',
                tags: [{ name: 'a' }],
                createdAt: '2024-03-05T00:00:00Z',
                importDate: '2024-03-04T00:00:00Z',
              },
            ],
          },
        ],
        pinnedLinks: [{ id: 7 }],
      },
      {
        title: 'One',
        note: 'Mine',
        tags: ['a'],
        folder: ['Top', 'Deep'],
        created: at('2024-03-04T00:00:00Z'),
        favourite: true,
      },
    ],
    [
      'wallabag',
      [
        {
          url: URL_1,
          title: 'One',
          is_archived: 1,
          is_starred: 0,
          created_at: '2016-09-08T11:55:58+0200',
          tags: ['a', { label: 'b' }],
          annotations: [{ text: 'Mine', quote: 'Marked' }],
          content: '<p>Long</p>',
        },
      ],
      {
        title: 'One',
        tags: ['a', 'b'],
        created: at('2016-09-08T09:55:58Z'),
        note: 'Mine',
        highlights: ['Marked'],
        unread: false,
        archived: true,
        favourite: false,
      },
    ],
    [
      'omnivore',
      [
        {
          id: 'x',
          slug: 'one',
          title: 'One',
          description: 'Theirs',
          url: URL_1,
          state: 'Active',
          labels: ['a'],
          savedAt: '2024-10-29T16:30:11.000Z',
        },
      ],
      {
        title: 'One',
        excerpt: 'Theirs',
        tags: ['a'],
        created: at('2024-10-29T16:30:11Z'),
        unread: true,
        archived: false,
      },
    ],
    [
      'google-reader',
      {
        title: 'Starred',
        items: [
          {
            title: 'One &amp; all',
            canonical: [{ href: URL_1 }],
            alternate: [{ href: URL_2 }],
            categories: [
              'user/1/label/Work',
              'user/1/state/com.google/starred',
              'user/1/state/com.google/read',
            ],
            timestampUsec: '1700000001000000',
            content: { content: '<p>Long</p>' },
          },
        ],
      },
      {
        title: 'One & all',
        tags: ['Work'],
        created: at('2023-11-14T22:13:21Z'),
        unread: false,
        favourite: true,
      },
    ],
    [
      'readability',
      {
        bookmarks: [
          {
            article__url: URL_1,
            article__title: 'One',
            article__excerpt: 'Theirs &hellip;',
            date_added: '2014-03-04 09:41:00',
            archive: false,
            favorite: true,
          },
        ],
      },
      {
        title: 'One',
        excerpt: 'Theirs …',
        created: at('2014-03-04T09:41:00Z'),
        unread: true,
        archived: false,
        favourite: true,
      },
    ],
    [
      'goodlinks',
      [
        {
          url: URL_1,
          title: 'One',
          summary: 'Theirs',
          tags: ['a'],
          starred: true,
          readAt: null,
          addedAt: 1_700_000_001,
        },
      ],
      {
        title: 'One',
        excerpt: 'Theirs',
        tags: ['a'],
        created: at('2023-11-14T22:13:21Z'),
        unread: true,
        favourite: true,
      },
    ],
    [
      'tab-session-manager',
      [
        {
          name: 'Evening',
          date: 1_700_000_000_000,
          tag: ['a'],
          windows: { 1: { 5: { url: URL_1, title: 'One', lastAccessed: 1_700_000_001_000 } } },
        },
      ],
      { title: 'One', tags: ['a'], folder: ['Evening'], created: at('2023-11-14T22:13:21Z') },
    ],
    [
      'session-buddy',
      {
        format: 'nxs.json.v2',
        collections: [
          {
            title: 'Top',
            created: 1_700_000_001_000,
            folders: [{ title: 'Deep', links: [{ url: URL_1, title: 'One' }] }],
          },
        ],
        history: [],
      },
      { title: 'One', folder: ['Top', 'Deep'], created: at('2023-11-14T22:13:21Z') },
    ],
    [
      'objects',
      { things: [{ link: URL_1, name: 'One', tags: [{ name: 'a' }], created_at: '2024-03-04' }] },
      { title: 'One', tags: ['a'], created: at('2024-03-04T00:00:00Z') },
    ],
  ])('of %s', (format, content, expected) => {
    expect(read(content).format).toBe(format);
    expect(allSaid(content)).toEqual([{ url: URL_1, ...expected }]);
  });

  it('has entries that are no pages, which are told', () => {
    const karakeep = {
      bookmarks: [
        { createdAt: 1_700_000_001, title: 'A thought', tags: [], content: { type: 'text', text: 'x' } },
        { createdAt: 1_700_000_001, title: 'Gone', tags: [], content: null },
        { createdAt: 1_700_000_001, title: 'One', tags: [], content: { type: 'link', url: URL_1 } },
      ],
    };
    expect(read(karakeep).items).toHaveLength(1);
    expect(read(karakeep).refused.map(({ what }) => what)).toEqual(['A thought', 'Gone']);
    const shaarli = [{ url: '?KvNdlQ', title: 'A note' }, { url: URL_1 }, 'nothing'];
    expect(read(shaarli).refused).toEqual([
      { number: 1, what: '?KvNdlQ', why: 'not-web' },
      { number: 3, what: 'nothing', why: 'unreadable' },
    ]);
  });

  it('in XML: posts, and outlines of feeds', () => {
    const posts = `<?xml version="1.0" encoding="UTF-8"?>
<posts user="x"><post href="${URL_1}?a=1&amp;b=2" description="One &quot;1&quot;" extended="Mine" tag="a b" time="2016-10-31T15:57:56Z" toread="yes" />
</posts>`;
    expect(allSaid(posts)).toEqual([
      {
        url: `${URL_1}?a=1&b=2`,
        title: 'One "1"',
        note: 'Mine',
        tags: ['a', 'b'],
        created: at('2016-10-31T15:57:56Z'),
        unread: true,
      },
    ]);
    const opml = `<?xml version="1.0"?><opml version="2.0"><body><outline text="News">
<outline type="rss" text="One" htmlUrl="${URL_1}" xmlUrl="https://example.org/feed"/><outline text="Two" xmlUrl="${URL_2}"></outline></outline></body></opml>`;
    expect(read(opml).format).toBe('opml');
    expect(allSaid(opml)).toEqual([
      { url: URL_1, title: 'One', folder: ['News'] },
      { url: URL_2, title: 'Two', folder: ['News'] },
    ]);
  });
});

describe('an archive', () => {
  const page = (title: string) =>
    `<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><p><DT><A HREF="${URL_1}">${title}</A></DL>`;

  it('of Safari gives its bookmarks, whatever they are called, and nothing else is unpacked', () => {
    const archive = zipSync({
      'Signets.html': bytesOf(page('One')),
      'Passwords.csv': bytesOf(`Title,URL,Username,Password\nBank,${URL_2},me,secret`),
      'History.json': bytesOf(JSON.stringify([{ url: URL_2, title: 'Visited' }])),
    });
    expect(allSaid(archive)).toEqual([{ url: URL_1, title: 'One' }]);
  });

  it('of Omnivore and Pocket is one library, in the order of its parts', () => {
    const entry = (number: number) => ({
      slug: 'x',
      url: `https://example.org/${number}`,
      title: String(number),
      savedAt: '',
    });
    const omnivore = zipSync({
      'metadata_20_to_40.json': bytesOf(JSON.stringify([entry(2)])),
      'metadata_0_to_20.json': bytesOf(JSON.stringify([entry(1)])),
      'metadata_100_to_120.json': bytesOf(JSON.stringify([{ ...entry(3), url: 'about:x' }])),
      'content/x.html': bytesOf(page('An article')),
    });
    expect(read(omnivore).items.map(({ title }) => title)).toEqual(['1', '2']);
    expect(read(omnivore).refused).toEqual([{ number: 3, what: 'about:x', why: 'not-web' }]);
    const part = (number: number) =>
      bytesOf(`title,url,time_added,tags,status\n${number},https://example.org/${number},1,,unread`);
    const pocket = zipSync({
      'pocket/part_000010.csv': part(10),
      'pocket/part_000002.csv': part(2),
      '__MACOSX/pocket/._part.csv': bytesOf('x'),
    });
    expect(read(pocket).items.map(({ title }) => title)).toEqual(['2', '10']);
  });

  it('that is damaged says so', () => {
    const archive = zipSync({ 'a.html': bytesOf(page('One')) });
    expect(readLibrary(archive.slice(0, 40))).toMatchObject({ ok: false });
  });
});
