/** Something of a page that is saved in place of the page: a link, an image, a quotation. */
import { withTextFragment } from '../address/text-fragment.ts';
import { oneLine, paragraphs, visible } from '../text/visible.ts';
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
    case 'selection': {
      const { text, isOfPage } = quotationOf(clicked.text, facts);
      return {
        ...page,
        url: withTextFragment(page.url, isOfPage ? facts.directive : undefined),
        description: `“${text}”`,
      };
    }
  }
}

/**
 * The text that was clicked on, as its page has it: some browsers hand it over with its lines joined. What is selected in
 * another document of the page, such as a frame of another site, is known by what was handed over alone.
 */
function quotationOf(handedOver: string, { selection }: PageFacts): { text: string; isOfPage: boolean } {
  const [given, read] = [handedOver, selection].map((text) => visible(text).replace(/\s+/g, ''));
  // Either may be cut.
  const isOfPage = !!given && !!read && (given.startsWith(read) || read.startsWith(given));
  return { text: paragraphs(isOfPage ? selection : handedOver), isOfPage };
}
