/** What each element of a page becomes in Notion. The right blocks were decided before the first run. */
import { describe, expect, it } from 'vitest';
import { blocksOf } from '../../../../src/core/content/blocks.ts';
import { outline, tree } from './tree.ts';

const blocks = (html: string, title = 'The title of the row') =>
  outline(blocksOf(tree(html), { title }).blocks);

const A = 'https://example.org/';

/** Name, HTML, blocks. */
const PIECES: [name: string, html: string, expected: string[]][] = [
  [
    'signs of markdown',
    '<p>_a_ *b* $5 to $10 ^c {d} ~e~ \\f `g` [h](i) # j</p>',
    ['paragraph "_a_ *b* $5 to $10 ^c {d} ~e~ \\f `g` [h](i) # j"'],
  ],
  [
    'signs of HTML',
    '<p>List&lt;String&gt; &amp; &lt;div&gt; a|b</p>',
    ['paragraph "List<String> & <div> a|b"'],
  ],
  ['white space', '<p>\n  one \t two\n<b> three </b> four </p>', ['paragraph "one two <b:three >four"']],
  ['no-break spaces', '<p>10&nbsp;km</p><p>&nbsp;</p>', ['paragraph "10\u00a0km"']],
  [
    'soft hyphens and zero-width spaces',
    '<p>Donau&shy;dampf&#8203;schiff</p>',
    ['paragraph "Donaudampfschiff"'],
  ],
  [
    'line breaks',
    '<p>Roses are red,<br> violets are blue.<br></p>',
    ['paragraph "Roses are red,\nviolets are blue."'],
  ],
  [
    'loose text',
    '<div>Loose <b>words</b><div>and more</div>at the end</div>',
    ['paragraph "Loose <b:words>"', 'paragraph "and more"', 'paragraph "at the end"'],
  ],
  [
    'nested marks',
    '<p><b>bold <i>and italic</i></b> <s>gone</s> <u>under</u> <code>x &lt; y</code> <mark>lit</mark></p>',
    ['paragraph "<b:bold ><b i:and italic> <s:gone> <u:under> <c:x < y> <m:lit>"'],
  ],
  [
    'marks of other names',
    '<p><strong>a</strong><em>b</em><cite>c</cite><dfn>d</dfn><var>e</var><del>f</del><ins>g</ins><kbd>h</kbd><samp>i</samp></p>',
    ['paragraph "<b:a><i:bcde><s:f><u:g><c:hi>"'],
  ],
  ['a link in bold', `<p><b>see <a href="${A}b">this</a></b></p>`, [`paragraph "<b:see ><b a=${A}b:this>"`]],
  [
    'bold in a link',
    `<p><a href="${A}b">see <b>this</b></a></p>`,
    [`paragraph "<a=${A}b:see ><b a=${A}b:this>"`],
  ],
  [
    'links that lead nowhere',
    '<p><a href="javascript:x">a</a> <a href="nowhere">b</a> <a>c</a> <a href="data:,x">d</a></p>',
    ['paragraph "a b c d"'],
  ],
  [
    'a link to a mailbox',
    '<p><a href="mailto:ada@example.org">Ada</a></p>',
    ['paragraph "<a=mailto:ada@example.org:Ada>"'],
  ],
  [
    'an address that is not ASCII',
    '<p><a href="https://bücher.example/ä?q=ö#ü">Bücher</a></p>',
    ['paragraph "<a=https://xn--bcher-kva.example/%C3%A4?q=%C3%B6#%C3%BC:Bücher>"'],
  ],
  ['an address that is too long', `<p><a href="${A}${'x'.repeat(2_000)}">a</a></p>`, ['paragraph "a"']],
  ['emphasis in Chinese', '<p>这是<b>重点</b>内容</p>', ['paragraph "这是<b:重点>内容"']],
  [
    'ruby',
    '<p><ruby>東京<rp>(</rp><rt>とうきょう</rt><rp>)</rp></ruby>へ</p>',
    ['paragraph "東京（とうきょう）へ"'],
  ],
  ['right to left', '<p>שלום <b>עולם</b></p>', ['paragraph "שלום <b:עולם>"']],
  [
    'lowered and raised',
    '<p>H<sub>2</sub>O, x<sup>n+1</sup>, e<sup>ix</sup>, a<sub>ij</sub></p>',
    ['paragraph "H₂O, xⁿ⁺¹, e^ix, a_ij"'],
  ],
  ['a quotation in a line', '<p>He said <q>no</q>.</p>', ['paragraph "He said “no”."']],
  [
    'headings',
    '<h1>One</h1><h2>Two</h2><h3>Three</h3><h4>Four</h4><h5>Five</h5><h6>Six</h6><h2></h2>',
    [
      'heading_1 "One"',
      'heading_2 "Two"',
      'heading_3 "Three"',
      'heading_4 "Four"',
      'heading_4 "Five"',
      'heading_4 "Six"',
    ],
  ],
  [
    'a picture in a heading',
    `<h2>With <img src="${A}a.png">a picture</h2>`,
    ['heading_2 "With a picture"', `image ${A}a.png`],
  ],
  ['the row’s title', '<div><h1>The Title  of the row</h1><p>a</p></div>', ['paragraph "a"']],
  ['a title that is not the row’s', '<h1>Another</h1><p>a</p>', ['heading_1 "Another"', 'paragraph "a"']],
  ['a rule', '<p>a</p><hr><p>b</p>', ['paragraph "a"', 'divider', 'paragraph "b"']],
  [
    'lists',
    '<ul><li>a</li><li>b <i>c</i></li></ul><ol><li>d</li></ol>',
    ['bulleted_list_item "a"', 'bulleted_list_item "b <i:c>"', 'numbered_list_item "d"'],
  ],
  [
    'paragraphs of an item',
    '<ul><li><p>a</p><p>b</p></li></ul>',
    ['bulleted_list_item "a"', '  paragraph "b"'],
  ],
  [
    'a list in a list',
    '<ul><li>a<ol><li>b</li></ol></li></ul>',
    ['bulleted_list_item "a"', '  numbered_list_item "b"'],
  ],
  [
    'a list beside its item',
    '<ul><li>a</li><ul><li>b</li></ul></ul>',
    ['bulleted_list_item "a"', '  bulleted_list_item "b"'],
  ],
  [
    'four levels of a list',
    '<ul><li>a<ul><li>b<ul><li>c<ul><li>d</li></ul></li></ul></li></ul></li></ul>',
    [
      'bulleted_list_item "a"',
      '  bulleted_list_item "b"',
      '    bulleted_list_item "c"',
      '    bulleted_list_item "– d"',
    ],
  ],
  [
    'code in an item',
    '<ol><li>a<pre language="sh">ls</pre></li></ol>',
    ['numbered_list_item "a"', '  code language=shell "ls"'],
  ],
  [
    'a picture in an item',
    `<ul><li><img src="${A}a.png">a</li></ul>`,
    ['bulleted_list_item ""', `  image ${A}a.png`, '  paragraph "a"'],
  ],
  ['an item with nothing in it', '<ul><li></li><li> </li><li>a</li></ul>', ['bulleted_list_item "a"']],
  [
    'a list that does not begin at one',
    '<ol start="5"><li>a</li><li>b</li></ol>',
    ['paragraph "5. a"', 'paragraph "6. b"'],
  ],
  [
    'a list that counts down',
    '<ol reversed="" start="2"><li>a</li><li>b</li></ol>',
    ['paragraph "2. a"', 'paragraph "1. b"'],
  ],
  [
    'tasks',
    '<ul><li checked="true">done</li><li checked="false">to do</li></ul>',
    ['to_do checked=true "done"', 'to_do checked=false "to do"'],
  ],
  [
    'definitions',
    '<dl><dt>a</dt><dd>b</dd><dd>c</dd><dt>d</dt><dd><p>e</p></dd></dl>',
    ['paragraph "<b:a>"', '  paragraph "b"', '  paragraph "c"', 'paragraph "<b:d>"', '  paragraph "e"'],
  ],
  [
    'definitions in containers',
    '<dl><div><dt>a</dt><dd>b</dd></div></dl>',
    ['paragraph "<b:a>"', '  paragraph "b"'],
  ],
  [
    'a quotation',
    '<blockquote><p>a</p><p>b</p><footer>Ada</footer></blockquote>',
    ['quote "a"', '  paragraph "b"', '  paragraph "<i:Ada>"'],
  ],
  ['a quotation of loose text', '<blockquote>a <b>b</b></blockquote>', ['quote "a <b:b>"']],
  [
    'a post of a social network',
    `<blockquote cite="${A}post/1"><p>a</p></blockquote>`,
    ['quote "a"', `bookmark url=${A}post/1`],
  ],
  [
    'code',
    '<pre language="rs">fn main() {\n\tlet a = 1;  \n\n}\n</pre>',
    ['code language=rust "fn main() {\n\tlet a = 1;  \n\n}"'],
  ],
  [
    'code of an unknown language',
    '<pre language="brainfuck">+</pre><pre>x</pre>',
    ['code language=plain text "+"', 'code language=plain text "x"'],
  ],
  ['fences in code', '<pre language="md">```\na\n```</pre>', ['code language=markdown "```\na\n```"']],
  [
    'code with a caption',
    '<figure><pre>a</pre><figcaption>The file</figcaption></figure>',
    ['code language=plain text "a" caption "The file"'],
  ],
  [
    'formulas in a line',
    '<p>Of <math latex="E=mc^2" display="inline"></math>, he said</p>',
    ['paragraph "Of $E=mc^2$, he said"'],
  ],
  [
    'a formula of its own',
    '<math latex="\\int_0^1 x" display="block"></math>',
    ['equation expression=\\int_0^1 x'],
  ],
  [
    'a formula that is too long',
    `<math latex="${'x+'.repeat(600)}" display="block"></math>`,
    [`code language=latex "${'x+'.repeat(600)}"`],
  ],
  [
    'a reference to a footnote',
    `<p>a<sup footnote="1"><a href="${A}#fn1">1</a></sup></p>`,
    [`paragraph "a<a=${A}#fn1:[1]>"`],
  ],
  ['a picture', `<img src="${A}a.png" alt="A dog on a lawn">`, [`image ${A}a.png caption "A dog on a lawn"`]],
  [
    'a picture called by its file',
    `<img src="${A}a.png" alt="a.png"><img src="${A}b.png" alt="logo">`,
    [`image ${A}a.png`, `image ${A}b.png`],
  ],
  [
    'a picture with a caption',
    `<figure><img src="${A}a.png" alt="A dog on a lawn"><figcaption>By <a href="${A}ada">Ada</a></figcaption></figure>`,
    [`image ${A}a.png caption "By <a=${A}ada:Ada>"`],
  ],
  [
    'two pictures with a caption',
    `<figure><img src="${A}a.png"><img src="${A}b.png"><figcaption>Both</figcaption></figure>`,
    [`image ${A}a.png`, `image ${A}b.png caption "Both"`],
  ],
  ['a caption of nothing', '<figure><figcaption>Alone</figcaption></figure>', ['paragraph "<i:Alone>"']],
  [
    'a picture that leads elsewhere',
    `<a href="${A}story"><img src="${A}a.png" alt="The whole story"></a>`,
    [`image ${A}a.png caption "<a=${A}story:The whole story>"`],
  ],
  [
    'a picture that leads to itself',
    `<a href="${A}a-large.png"><img src="${A}a.png"></a>`,
    [`image ${A}a.png`],
  ],
  [
    'a picture between words',
    `<p>before <img src="${A}a.png"> after</p>`,
    ['paragraph "before"', `image ${A}a.png`, 'paragraph "after"'],
  ],
  [
    'a picture that only the page has',
    '<img src="blob:https://example.org/1" alt="A map of the town">',
    ['paragraph "<i:A map of the town>"'],
  ],
  [
    'a film of YouTube',
    '<iframe src="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?start=42"></iframe>',
    ['video https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=42s'],
  ],
  [
    'a film of Vimeo',
    '<iframe src="https://player.vimeo.com/video/76979871?h=abc"></iframe>',
    ['video https://vimeo.com/76979871/abc'],
  ],
  [
    'a film of the page',
    `<video src="${A}a.mp4"></video><video src="${A}a.m3u8"></video>`,
    [`video ${A}a.mp4`, `bookmark url=${A}a.m3u8`],
  ],
  ['a sound', `<audio src="${A}a.mp3"></audio>`, [`audio ${A}a.mp3`]],
  [
    'a frame that Notion embeds',
    '<iframe src="https://codepen.io/ada/embed/x"></iframe>',
    ['embed url=https://codepen.io/ada/embed/x'],
  ],
  [
    'a frame that it does not',
    `<iframe src="${A}chart" title="A chart"></iframe>`,
    [`bookmark url=${A}chart caption "A chart"`],
  ],
  ['a document', `<iframe src="${A}a.pdf"></iframe>`, [`pdf ${A}a.pdf`]],
  [
    'a table',
    '<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>c</td><td><b>d</b></td></tr></tbody></table>',
    [
      'table table_width=2 has_column_header=true has_row_header=false',
      '  table_row a | b',
      '  table_row c | <b:d>',
    ],
  ],
  [
    'a table with headers at its side',
    '<table><tr><th>a</th><td>b</td></tr><tr><th>c</th><td>d</td></tr></table>',
    [
      'table table_width=2 has_column_header=false has_row_header=true',
      '  table_row a | b',
      '  table_row c | d',
    ],
  ],
  [
    'merged cells',
    '<table><tr><td colspan="2">a</td><td>b</td></tr><tr><td rowspan="2">c</td><td>d</td><td>e</td></tr><tr><td>f</td><td>g</td></tr></table>',
    [
      'table table_width=3 has_column_header=false has_row_header=false',
      '  table_row a |  | b',
      '  table_row c | d | e',
      '  table_row  | f | g',
    ],
  ],
  [
    'lists and lines in a cell',
    '<table><tr><td>a<br>b</td><td><ul><li>c</li><li>d</li></ul></td></tr><tr><td><p>e</p><p>f</p></td><td></td></tr></table>',
    [
      'table table_width=2 has_column_header=false has_row_header=false',
      '  table_row a\nb | • c\n• d',
      '  table_row e\nf | ',
    ],
  ],
  [
    'a picture in a cell',
    `<table><tr><td><img src="${A}a.png">a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>`,
    [
      'table table_width=2 has_column_header=false has_row_header=false',
      '  table_row a | b',
      '  table_row c | d',
      `image ${A}a.png`,
    ],
  ],
  [
    'a table’s caption',
    '<table><caption>Of dogs</caption><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>',
    [
      'paragraph "<b:Of dogs>"',
      'table table_width=2 has_column_header=false has_row_header=false',
      '  table_row a | b',
      '  table_row c | d',
    ],
  ],
  [
    'a table that only places',
    '<table><tr><td><p>a</p><h2>b</h2></td><td><p>c</p></td></tr><tr><td>d</td><td>e</td></tr></table>',
    ['paragraph "a"', 'heading_2 "b"', 'paragraph "c"', 'paragraph "d"', 'paragraph "e"'],
  ],
  [
    'a table of one column',
    '<table><tr><td>a</td></tr><tr><td>b</td></tr></table>',
    ['paragraph "a"', 'paragraph "b"'],
  ],
  [
    'details',
    '<details><summary>More <b>of it</b></summary><p>a</p><ul><li>b</li></ul></details>',
    ['toggle "More <b:of it>"', '  paragraph "a"', '  bulleted_list_item "b"'],
  ],
  [
    'callouts',
    '<aside kind="warning"><p><b>Mind</b></p><p>the gap</p></aside>',
    ['callout ⚠️ color=yellow_background "<b:Mind>"', '  paragraph "the gap"'],
  ],
  [
    'a link around blocks',
    `<a href="${A}b"><h3>a</h3><p>b</p></a>`,
    [`heading_3 "<a=${A}b:a>"`, `paragraph "<a=${A}b:b>"`],
  ],
  [
    'elements that nobody knows',
    '<x-card><x-title>a</x-title><p>b</p></x-card>',
    ['paragraph "a"', 'paragraph "b"'],
  ],
];

describe('blocks', () => {
  it.each(PIECES)('%s', (_, html, expected) => {
    expect(blocks(html)).toEqual(expected);
  });
});

describe('what could not be kept', () => {
  const left = (html: string) => blocksOf(tree(html), { title: '' }).left;

  it('pictures that nobody else can fetch are counted, with words or without', () => {
    expect(left('<img src="data:image/png;base64,AA" alt="A map of it"><img src="blob:x"><img>')).toEqual({
      pictures: 3,
    });
  });
  it('films and frames without an address are counted', () => {
    expect(left('<video></video><iframe></iframe>')).toEqual({ frames: 2 });
  });
  it('items that stand less deep than on the page are counted', () => {
    const deep = '<ul><li>a'.repeat(6) + '</li></ul>'.repeat(6);
    expect(left(deep)).toEqual({ levels: 3 });
  });
});
