/** Something of a page that is saved in place of the page: a link, an image, a quotation. */
import { oneLine, paragraphs } from '../text/visible.ts';
import type { PageFacts } from './capture.ts';
import { addressOf, fieldsFrom, nameOf, type PageFields } from './fields.ts';

export type Clicked =
  | { kind: 'link' | 'image'; address: string; name: string }
  | { kind: 'selection'; text: string };

/** Title, address and description of what was clicked. */
export function fieldsOfClicked(clicked: Clicked, facts: PageFacts): PageFields {
  const page = fieldsFrom({ ...facts, selection: '' });
  switch (clicked.kind) {
    case 'link':
      return {
        url: addressOf({ url: clicked.address, title: '', selection: '', meta: {} }),
        title: oneLine(clicked.name) || oneLine(nameOf(clicked.address)),
        description: '',
      };
    case 'image':
      return {
        url: clicked.address,
        title: oneLine(clicked.name) || oneLine(nameOf(clicked.address)),
        description: `${page.title}\n${page.url}`,
      };
    case 'selection':
      return {
        ...page,
        url: toText(page.url, clicked.text),
        description: `“${paragraphs(clicked.text)}”`,
      };
  }
}

/** Above so many characters, a text is told by its first and last words. */
const LONG = 120;
const WORDS = 5;

/** The address of a text in a page (https://wicg.github.io/scroll-to-text-fragment/). */
function toText(url: string, text: string): string {
  // A match does not go over the end of a block: lines are told by the first and the last.
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const [first = '', last = first] = [lines[0], lines.at(-1)];
  const words = text.trim().split(/\s+/);
  const isShort = lines.length <= 1 && first.trim().length <= LONG;
  const start = isShort ? first.trim() : first.trim().split(/\s+/).slice(0, WORDS).join(' ');
  const end = isShort || words.length <= WORDS ? '' : last.trim().split(/\s+/).slice(-WORDS).join(' ');
  if (start === '') return url;
  const target = [start, end]
    .filter((part) => part !== '')
    .map(encode)
    .join(',');
  return `${url}${url.includes('#') ? '' : '#'}:~:text=${target}`;
}

/** A dash and a comma mean something in a text directive, and `encodeURIComponent` leaves the dash. */
const encode = (part: string): string => encodeURIComponent(part.toWellFormed()).replaceAll('-', '%2D');
