/** Tables of services, and tables that nobody knows. */
import { describe, expect, it } from 'vitest';
import { allSaid, at, read } from './library.ts';

const columns = (names: string, ...rows: string[]) => [names, ...rows].join('\n');
const URL_1 = 'https://example.org/1';

describe('a table', () => {
  it('of Pocket, also with a column more, without an end of the last line', () => {
    const content = columns(
      'title,url,time_added,cursor,tags,status',
      `"Two\nlines, cut",${URL_1},1600322788,,a b|ü|c,unread`,
      'https://example.org/2,https://example.org/2,1600322789,,,archive',
    );
    expect(read(content).format).toBe('pocket');
    expect(allSaid(content)).toEqual([
      {
        url: URL_1,
        title: 'Two lines, cut',
        tags: ['a b', 'ü', 'c'],
        created: at('2020-09-17T06:06:28Z'),
        unread: true,
        archived: false,
      },
      { url: 'https://example.org/2', created: at('2020-09-17T06:06:29Z'), unread: false, archived: true },
    ]);
  });

  it('of Instapaper, of each year', () => {
    expect(allSaid(columns('URL,Title,Selection,Folder', `${URL_1},One,Chosen words,Archive`))).toEqual([
      { url: URL_1, title: 'One', note: 'Chosen words', unread: false, archived: true },
    ]);
    const latest = columns(
      'URL,Title,Selection,Folder,Timestamp,Tags',
      `${URL_1},One,,Starred,1700000001,"[""a"",""b, c""]"`,
      `https://example.org/2,Two,,Cooking,1700000002,[]`,
    );
    expect(read(latest).format).toBe('instapaper');
    expect(allSaid(latest)).toEqual([
      { url: URL_1, title: 'One', tags: ['a', 'b, c'], created: at('2023-11-14T22:13:21Z'), favourite: true },
      {
        url: 'https://example.org/2',
        title: 'Two',
        created: at('2023-11-14T22:13:22Z'),
        folder: ['Cooking'],
      },
    ]);
  });

  it('of Raindrop, also of one collection', () => {
    const content = columns(
      'id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite',
      `1,One,Mine,Theirs,${URL_1},Work/Deep,"a, b",2024-03-04T09:41:00.000Z,,,true`,
      `2,Two,,,https://example.org/2,Unsorted,,2024-03-04T09:41:01.000Z,,,false`,
    );
    expect(read(content).format).toBe('raindrop');
    expect(allSaid(content)).toEqual([
      {
        url: URL_1,
        title: 'One',
        tags: ['a', 'b'],
        created: at('2024-03-04T09:41:00Z'),
        note: 'Mine',
        excerpt: 'Theirs',
        folder: ['Work', 'Deep'],
        favourite: true,
      },
      { url: 'https://example.org/2', title: 'Two', created: at('2024-03-04T09:41:01Z'), favourite: false },
    ]);
    const single = columns(
      'id,title,note,excerpt,url,tags,created,cover,highlights,favorite',
      `1,One,,,${URL_1},,,,,`,
    );
    expect(read(single).format).toBe('raindrop');
  });

  it('of wallabag: semicolons, and a clock that does not say which half of the day', () => {
    const content = columns(
      'Title;URL;Content;Tags;"MIME Type";Language;"Creation date"',
      `One;${URL_1};"<p>a;b</p>";"x, y";text/html;en;"04/03/2024 09:41:00"`,
    );
    expect(read(content).format).toBe('wallabag');
    expect(allSaid(content)).toEqual([
      { url: URL_1, title: 'One', tags: ['x', 'y'], created: at('2024-03-04T00:00:00Z') },
    ]);
  });

  it('of Readwise Reader: a list of Python, documents without an address, feeds', () => {
    const content = columns(
      'Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen',
      `One,${URL_1},1,"['a', ""it's"", 'tag\\'s']",2026-03-14 23:55:23.291000+00:00,0,archive,True`,
      `Two,https://example.org/2,2,,2026-03-14 23:55:23+02:00,0,later,False`,
      `A PDF,,3,,2026-03-14 23:55:23+00:00,0,new,False`,
      `From a feed,https://example.org/4,4,,2026-03-14 23:55:23+00:00,0,feed,False`,
    );
    expect(read(content).format).toBe('reader');
    expect(allSaid(content)).toEqual([
      {
        url: URL_1,
        title: 'One',
        tags: ['a', "it's", "tag's"],
        created: at('2026-03-14T23:55:23.291Z'),
        unread: false,
        archived: true,
      },
      {
        url: 'https://example.org/2',
        title: 'Two',
        created: at('2026-03-14T21:55:23Z'),
        unread: true,
        archived: false,
      },
    ]);
    expect(read(content).refused).toEqual([
      { number: 3, what: 'A PDF', why: 'no-address' },
      { number: 4, what: 'From a feed', why: 'no-address' },
    ]);
  });

  it('of Matter, under both names of its columns', () => {
    const content = columns(
      'Title,Author,Publisher,URL,Tags,Word Count,In Queue,Favorited,Read,Highlight Count,Last Interaction Date,File Id',
      `One,A,B,${URL_1},x;y z,100,False,True,True,0,2024-03-04,1`,
    );
    expect(read(content).format).toBe('matter');
    expect(allSaid(content)).toEqual([
      { url: URL_1, title: 'One', tags: ['x', 'y z'], unread: false, archived: true, favourite: true },
    ]);
  });

  it('of Diigo and mymind', () => {
    expect(
      allSaid(
        columns(
          'title,url,tags,description,comments,annotations,created_at',
          `One,${URL_1},"a ""two words"" b",Mine,,"Marked\nAgain",2012-10-25 13:30:06 +0000`,
        ).replace('"a ""two', '"a ""two'),
      ),
    ).toEqual([
      {
        url: URL_1,
        title: 'One',
        tags: ['a', 'two words', 'b'],
        note: 'Mine',
        created: at('2012-10-25T13:30:06Z'),
        highlights: ['Marked', 'Again'],
      },
    ]);
    const mymind = columns(
      'id,type,title,url,content,note,tags,created',
      `1,WebPage,One,${URL_1},,Mine,"a,b",2024-03-04T09:41:00Z`,
    );
    expect(read(mymind).format).toBe('mymind');
    expect(allSaid(mymind)).toEqual([
      { url: URL_1, title: 'One', tags: ['a', 'b'], note: 'Mine', created: at('2024-03-04T09:41:00Z') },
    ]);
  });

  it('of Notion, with names in any language and dates in words', () => {
    const content = `\ufeff${columns(
      'Name,Adresse,Schlagwörter,Gespeichert am,Notizen',
      `One,${URL_1},"a, b","March 4, 2024 9:41 PM",Mine`,
      'A thought,,,"March 5, 2024",',
    )}`;
    expect(read(content).format).toBe('table');
    expect(allSaid(content)).toEqual([
      { url: URL_1, title: 'One', tags: ['a', 'b'], created: at('2024-03-04T21:41:00Z'), note: 'Mine' },
    ]);
    expect(read(content).refused).toEqual([{ number: 2, what: 'A thought', why: 'no-address' }]);
  });

  it('of a spreadsheet: tabs, two bytes a sign, an address in a column of any name', () => {
    const text = `\ufeff${columns('Thing\tWhere', `One\t${URL_1}`, 'Two\thttps://example.org/2')}`;
    const bytes = new Uint8Array(Uint16Array.from([...text].map((sign) => sign.charCodeAt(0))).buffer);
    expect(allSaid(bytes)).toEqual([
      { url: URL_1, title: 'One' },
      { url: 'https://example.org/2', title: 'Two' },
    ]);
  });

  it('loses no row for one that is damaged, and says which', () => {
    const content = columns(
      'title,url,time_added,tags,status',
      `One,${URL_1},1700000001,,unread`,
      '"Two,https://example.org/2,,,unread',
    );
    const { items, refused } = read(content);
    expect(items.map(({ url }) => url)).toEqual([URL_1]);
    expect(refused).toMatchObject([{ number: 2, why: 'unreadable' }]);
  });

  it('of passwords is not read', () => {
    expect(() => read(columns('Title,URL,Username,Password', `One,${URL_1},me,secret`))).toThrow();
  });
});
