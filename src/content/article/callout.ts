/** Callouts of a page: boxes that inform, advise or warn, as site generators and code hosts mark them. */
import { attributeOf, classOf, wordsOf } from './live-node.ts';

export type CalloutKind = 'info' | 'tip' | 'warning' | 'danger' | 'note';

/** A name that says by itself that it is a callout. */
const MARKED =
  /(?:^|\s)(?:admonition|theme-admonition|callout|notice|markdown-alert|custom-block|hint|tip|note|warning|infobox-note|alert|alert-(?:info|warning|danger|success)|admonitionblock)(?:[\s_-]|$)/i;

const KINDS: readonly [RegExp, CalloutKind][] = [
  [/danger|error|caution|critical|bug/i, 'danger'],
  [/warn|important|attention/i, 'warning'],
  [/tip|hint|success/i, 'tip'],
  [/info/i, 'info'],
];

/** What stands in a callout, and is called after it. */
const PART = /(?:admonition|callout)-(?:title|head|icon|content|body|inner|text|label)/i;

/** Longer is a part of the page, whatever it is called. */
const LONGEST = 4_000;

export function calloutOf(element: Element, name: string): CalloutKind | undefined {
  if (!/^(?:div|aside|section|blockquote|p)$/.test(name)) return undefined;
  const classes = classOf(element);
  if (!MARKED.test(classes) && attributeOf(element, 'role') !== 'note') return undefined;
  if (PART.test(classes) || /(?:^|\s)(?:title|icon)|cookie|banner/i.test(classes.replace(MARKED, ' ')))
    return undefined;
  const words = wordsOf(element).trim();
  if (words === '' || words.length > LONGEST) return undefined;
  return KINDS.find(([pattern]) => pattern.test(classes))?.[1] ?? 'note';
}
