/** From what was read of a page to what the form is filled with. */

import { cleanAddress } from '../address/clean-address.ts';
import { withoutTextFragment } from '../address/text-fragment.ts';
import { unwrapped } from '../address/unwrap.ts';
import { oneLine, paragraphs } from '../text/visible.ts';
import { canonicalFor } from './canonical.ts';
import type { PageFacts } from './capture.ts';

export type PageFields = { url: string; title: string; description: string };

/**
 * The address that a page is saved by: the one within what shows it, its own where it is believed, and without what only
 * tells where visitors come from.
 */
export function addressOf(facts: PageFacts): string {
  const visited = withoutTextFragment(unwrapped(facts.url));
  return canonicalFor({ ...facts, url: visited }) ?? cleanAddress(visited).url;
}

const fold = (text: string | undefined): string => oneLine(text ?? '');

const firstOf = (...candidates: (string | undefined)[]): string =>
  candidates.map(fold).find((text) => text !== '') ?? '';

/** What an address without any title is called by: the file's name, or else host and path, as browsers do. */
export function nameOf(url: string): string {
  try {
    const { host, pathname } = new URL(url);
    const file = /\/([^/]+\.[^./]{1,8})$/.exec(pathname)?.[1];
    return decodeURIComponent(file ?? `${host.replace(/^www\./, '')}${pathname.replace(/\/$/, '')}`);
  } catch {
    return url;
  }
}

/**
 * Title, address and description as the page stands now. The tab's own title comes first: single-page apps change
 * it and leave their metadata as it was. What the user has selected is what they mean by the page.
 */
export function fieldsFrom(facts: PageFacts): PageFields {
  const { meta } = facts;
  const url = addressOf(facts);
  const title = firstOf(
    facts.title,
    meta.ogTitle,
    meta.twitterTitle,
    meta.jsonLdTitle,
    facts.heading,
    nameOf(url),
  );
  const descriptions = [
    meta.description,
    meta.ogDescription,
    meta.twitterDescription,
    meta.jsonLdDescription,
  ];
  return {
    url,
    title,
    description:
      paragraphs(facts.selection) || firstOf(...descriptions.filter((text) => fold(text) !== title)),
  };
}
