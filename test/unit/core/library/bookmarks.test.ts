/** Bookmark files of browsers and services, with what each of them does differently. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allSaid, at, bytesOf, read } from './library.ts';

const HEAD = '<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>\n<H1>Bookmarks</H1>\n';
const file = (list: string) => `${HEAD}<DL><p>\n${list}\n</DL><p>\n`;
const urls = (content: string) => read(content).items.map(({ url }) => url);

describe('a bookmark file', () => {
  it('of Chromium', () => {
    const content = file(
      `    <DT><H3 ADD_DATE="1700000000" LAST_MODIFIED="0" PERSONAL_TOOLBAR_FOLDER="true">Bookmarks bar</H3>
    <DL><p>
        <DT><A HREF="https://example.org/" ADD_DATE="1700000001" ICON="data:image/png;base64,iVBOR/w0K==">Tom &amp; Ida &lt;3 &#39;tides&#39;</A>
        <DT><H3>Work</H3>
        <DL><p>
            <DT><A HREF="https://example.org/deep" ADD_DATE="0">Deep</A>
        </DL><p>
    </DL><p>
    <DT><A HREF="https://example.org/other">Of the other bookmarks</A>`,
    ).replaceAll('\n', '\r\n');
    expect(read(content).format).toBe('bookmarks');
    expect(allSaid(content)).toEqual([
      {
        url: 'https://example.org/',
        title: "Tom & Ida <3 'tides'",
        created: at('2023-11-14T22:13:21Z'),
        folder: ['Bookmarks bar'],
      },
      { url: 'https://example.org/deep', title: 'Deep', folder: ['Bookmarks bar', 'Work'] },
      { url: 'https://example.org/other', title: 'Of the other bookmarks' },
    ]);
  });

  it('of Firefox: tags, descriptions of old versions, empty folder names, separators without a line of their own', () => {
    const content = file(
      `<HR>    <DT><A HREF="https://example.org/?a=1&amp;copy=2" ADD_DATE="1700000001" TAGS="alpha,b c">One</A>
      <DD>What it says,
in two lines
      <DT><H3></H3>
      <DD>Of the folder
      <DL><p>
        <DT><A HREF="place:sort=8&amp;maxResults=10">Most visited</A>
        <DT><A HREF="https://example.org/2">Two
lines</A>
      </DL><p>`,
    );
    expect(allSaid(content)).toEqual([
      {
        url: 'https://example.org/?a=1&copy=2',
        title: 'One',
        tags: ['alpha', 'b c'],
        created: at('2023-11-14T22:13:21Z'),
        note: 'What it says,\nin two lines',
      },
      { url: 'https://example.org/2', title: 'Two lines' },
    ]);
    expect(read(content).refused).toEqual([
      { number: 2, what: 'place:sort=8&maxResults=10', why: 'not-web' },
    ]);
  });

  it('of Safari: no list around, and a list of what is to be read, in every language', () => {
    const content = `<!DOCTYPE NETSCAPE-Bookmark-file-1>
	<HTML>
	<Title>Lesezeichen</Title>
	<H1>Lesezeichen</H1>
	<DT><H3 FOLDED>Favoriten</H3>
	<DL><p>
		<DT><A HREF="https://example.org/a">A</A>
	</DL><p>
	<DT><H3 FOLDED id="com.apple.ReadingList">Leseliste</H3>
	<DL><p>
		<DT><A HREF="https://example.org/b">B</A>
		<DD>What it is about
	</DL><p>
</HTML>`;
    expect(allSaid(content)).toEqual([
      { url: 'https://example.org/a', title: 'A', folder: ['Favoriten'] },
      {
        url: 'https://example.org/b',
        title: 'B',
        note: 'What it is about',
        folder: ['Leseliste'],
        unread: true,
      },
    ]);
  });

  it('of Internet Explorer: a mark at the beginning, a blank before the bracket', () => {
    const content = `\ufeff${file('<DT><H3 FOLDED ADD_DATE="1466271864">Comics</H3><DL><p><DT><A HREF="https://example.org/" LAST_VISIT="1" >One</A></DL><p>')}`;
    expect(allSaid(content)).toEqual([{ url: 'https://example.org/', title: 'One', folder: ['Comics'] }]);
  });

  it('of Pinboard, linkding and Scuttle', () => {
    const content = file(
      `<DT><A HREF="https://example.org/1" PRIVATE="0" TOREAD="1" TAGS="a,linkding:bookmarks.archived">1</A>
<DD>Said of it
[linkding-notes]My notes[/linkding-notes]
<DT><A HREF="https://example.org/2" TOREAD="0">2</A>
<dt><a href="https://example.org/3" description="&quot;Quoted&quot;" hash="6d" tags="b" ADD_DATE="10/Oct/2000:13:55:36 +0300">3</a>`,
    );
    expect(allSaid(content)).toEqual([
      {
        url: 'https://example.org/1',
        title: '1',
        tags: ['a'],
        note: 'Said of it\n\nMy notes',
        unread: true,
        archived: true,
      },
      { url: 'https://example.org/2', title: '2', unread: false },
      {
        url: 'https://example.org/3',
        title: '3',
        tags: ['b'],
        note: '"Quoted"',
        created: at('2000-10-10T10:55:36Z'),
      },
    ]);
  });

  it('of Google: microseconds, no first line, a page in every folder', () => {
    const content =
      '<H1>Bookmarks</H1><DL><p><DT><H3>x</H3><DL><p><DT><A HREF="https://example.org/" ADD_DATE="1400000000123456">X</A></DL></DL>';
    expect(allSaid(content)).toEqual([
      { url: 'https://example.org/', title: 'X', created: 1_400_000_000_123, folder: ['x'] },
    ]);
  });

  it('keeps addresses that look like signs, where its writer does not encode them', () => {
    const address = 'https://example.org/copy?a=1&copy&reg=2&lt=3&amp;x=4';
    expect(
      urls(file(`<DT><A HREF="${address}">x</A><DT><A HREF="https://example.org/?q=&quot;x&quot;&y">y</A>`)),
    ).toEqual([address, 'https://example.org/?q="x"&y']);
    expect(urls(file('<DT><A HREF="https://example.org/?a&amp;copy=1">x</A>'))).toEqual([
      'https://example.org/?a&copy=1',
    ]);
  });

  it('loses nothing behind what was typed into descriptions and titles', () => {
    const content = file(
      `<DT><A HREF="https://example.org/1">The <script> element [and] "quotes"</A>
<DD>Put <textarea> into <a href="https://example.org/thumb"><img src="x.png"></a> and <li>this</li>
<h3>not a folder</h3>
<DT><A HREF="https://example.org/2">Two</A>
<DD>Escaped &lt;script&gt; stays
<DT><A HREF="https://example.org/3">Three`,
    );
    expect(allSaid(content)).toEqual([
      {
        url: 'https://example.org/1',
        title: 'The <script> element [and] "quotes"',
        note: 'Put  into  and this\n\nnot a folder',
      },
      { url: 'https://example.org/2', title: 'Two', note: 'Escaped <script> stays' },
      { url: 'https://example.org/3', title: 'Three' },
    ]);
  });

  it('reads 10,000 folders within each other, and damaged tags', () => {
    const deep = `${'<DT><H3>f</H3><DL><p>'.repeat(10_000)}<DT><A HREF="https://example.org/">x</A>`;
    expect(read(file(deep)).items[0]?.folder).toHaveLength(10_000);
    expect(
      urls(file('<DT><A HREF="https://example.org/1>broken</A>\n<DT><A HREF=https://example.org/2>bare</A>')),
    ).toContain('https://example.org/2');
    expect(read(file('<DT><A NAME="x">none</A><DT><A HREF="javascript:alert(1)">j</A>')).refused).toEqual([
      { number: 1, what: 'none', why: 'no-address' },
      { number: 2, what: 'javascript:alert(1)', why: 'not-web' },
    ]);
  });

  it('in lists of HTML, as some export', () => {
    const content =
      '<!DOCTYPE NETSCAPE-Bookmark-file-1><h3>One</h3><ul><li><a href="https://example.org/a">A</a></ul>';
    expect(allSaid(content)).toEqual([{ url: 'https://example.org/a', title: 'A', folder: ['One'] }]);
  });

  it('of Pocket: two lists', () => {
    const content = `<!DOCTYPE html><html><head><title>Pocket Export</title></head><body><h1>Unread</h1><ul>
<li><a href="https://example.org/1?a=1&amp;b=2" time_added="1700000001" tags="x,y z">One &amp; all</a></li></ul>
<h1>Read Archive</h1><ul><li><a href="https://example.org/2" time_added="1700000002" tags="">https://example.org/2</a></li></ul></body></html>`;
    expect(read(content).format).toBe('pocket');
    expect(allSaid(content)).toEqual([
      {
        url: 'https://example.org/1?a=1&b=2',
        title: 'One & all',
        tags: ['x', 'y z'],
        created: at('2023-11-14T22:13:21Z'),
        unread: true,
        archived: false,
      },
      { url: 'https://example.org/2', created: at('2023-11-14T22:13:22Z'), unread: false, archived: true },
    ]);
  });

  it('gives back what is written by the form, whatever is in it', () => {
    const word = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 20 })
      .map((text) => text.replace(/\s+/g, ' ').trim());
    const name = word.filter((text) => text !== '' && !text.includes('\0') && !text.includes('\r'));
    const mark = fc.record({
      title: name,
      path: fc.array(name, { maxLength: 3 }),
      tag: name.filter((text) => !text.includes(',')),
    });
    const encoded = (text: string) =>
      text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
    fc.assert(
      fc.property(fc.array(mark, { maxLength: 8 }), (marks) => {
        const lists = marks.map(({ title, path, tag }, number) => {
          const link = `<DT><A HREF="https://example.org/${number}?a=1&amp;b=2" TAGS="${encoded(tag)}">${encoded(title)}</A>\n`;
          return path.reduceRight(
            (inner, folder) => `<DT><H3>${encoded(folder)}</H3>\n<DL><p>\n${inner}</DL><p>\n`,
            link,
          );
        });
        if (marks.length === 0) return;
        const { items, refused } = read(file(lists.join('')));
        expect(refused).toEqual([]);
        expect(items.map(({ title, folder, tags, url }) => ({ title, folder, tags, url }))).toEqual(
          marks.map(({ title, path, tag }, number) => ({
            title,
            folder: path,
            tags: [tag],
            url: `https://example.org/${number}?a=1&b=2`,
          })),
        );
      }),
    );
  });

  it('in the encoding that it names', () => {
    const latin = (text: string) => Uint8Array.from([...text].map((sign) => sign.charCodeAt(0)));
    const meta = '<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=windows-1252">';
    expect(
      read(latin(`${meta}${file('<DT><A HREF="https://example.org/">Caf\u00e9</A>')}`)).items[0]?.title,
    ).toBe('Café');
    // Named, but not so.
    expect(
      read(
        bytesOf(
          `${meta.replace('windows-1252', 'x-nobody')}${file('<DT><A HREF="https://example.org/">Café</A>')}`,
        ),
      ).items[0]?.title,
    ).toBe('Café');
    expect(read(latin(file('<DT><A HREF="https://example.org/">Caf\u00e9</A>'))).items[0]?.title).toBe(
      'Café',
    );
    const wide = `\ufeff${file('<DT><A HREF="https://example.org/">日本</A>')}`;
    const utf16 = new Uint8Array(Uint16Array.from([...wide].map((sign) => sign.charCodeAt(0))).buffer);
    expect(read(utf16).items[0]?.title).toBe('日本');
  });
});
