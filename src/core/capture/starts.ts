/** What properties begin with, from what is known of the page. */

import { unwrapped } from '../address/unwrap.ts';
import type { Destination } from '../database/destination.ts';
import type { Beginning, PageSource } from '../database/form-settings.ts';
import { kindOf } from '../database/kind.ts';
import type { PropertyValue, Value } from '../database/value.ts';
import { isEmpty } from '../database/value.ts';

import type { Capture, PageFacts } from './capture.ts';
import { daysOf } from './published.ts';

/**
 * The values that the user has set for this database's properties. Without its schema they are as they are, and become what
 * its properties take when the row is made.
 * @param today the date where the user is, `2026-05-03`
 */
function startValues(
  destination: Destination | null,
  { starts }: Beginning,
  facts: PageFacts | null,
  today: string,
): PropertyValue[] {
  return Object.entries(starts).flatMap(([id, start]) => {
    const property = destination?.properties.find((one) => one.id === id);
    if (destination && !property) return [];
    const kind = property ? kindOf(property) : 'text';
    const value = start.from === 'fixed' ? start.value : fromPage(start.from, kind, facts, today);
    if (value === null || isEmpty(value)) return [];
    return [{ id, name: property?.name ?? id, value: property ? asKind(value, kind) : value }];
  });
}

/** What of a page has to be read for that, beside what always is. */
export const wantedOf = ({ starts }: Beginning): { words: boolean } => ({
  words: Object.values(starts).some(({ from }) => from === 'reading-time'),
});

/** All that a save begins with beside title, address and description. */
export function startsOf(
  destination: Destination | null,
  beginning: Beginning,
  facts: PageFacts | null,
  today: string,
): Pick<Capture, 'tags' | 'icon' | 'cover' | 'template'> & { values: PropertyValue[] } {
  const image = imageOf(facts);
  return {
    tags: beginning.tags ?? [],
    values: startValues(destination, beginning, facts, today),
    ...(beginning.icon && facts?.icon ? { icon: facts.icon } : {}),
    ...(beginning.cover && image !== undefined ? { cover: image } : {}),
    ...(beginning.template === undefined ? {} : { template: beginning.template }),
  };
}

/** The image that stands for the page: the one it names for that, or else its first. */
const imageOf = (facts: PageFacts | null): string | undefined => {
  const named = facts?.meta.ogImage;
  return named && URL.canParse(named, facts.url) ? new URL(named, facts.url).href : facts?.image;
};

/** Words that most people read in a minute (Brysbaert 2019, doi:10.1016/j.jml.2019.104047). */
const WORDS_A_MINUTE = 238;

function fromPage(
  source: PageSource,
  kind: Value['kind'],
  facts: PageFacts | null,
  today: string,
): Value | null {
  const text = (words: string | undefined): Value | null => (words ? { kind: 'text', text: words } : null);
  switch (source) {
    case 'today':
      return { kind: 'date', start: today, end: null, timeZone: null };
    case 'author': {
      const { authors = [] } = facts?.meta ?? {};
      if (kind === 'list') return { kind: 'list', items: authors.map((name) => ({ name })) };
      return text(authors.join(authors.some((name) => name.includes(',')) ? '; ' : ', '));
    }
    case 'published': {
      const days = daysOf(facts?.meta.published ?? '');
      // Where there is room for words, a month stays what it is.
      const isWhole = days?.end === null || kind === 'date';
      return days && isWhole ? { kind: 'date', ...days, timeZone: null } : text(facts?.meta.published);
    }
    case 'site-name':
      return text(facts?.meta.ogSiteName ?? (facts ? hostOf(unwrapped(facts.url)) : undefined));
    case 'language':
      return text(facts?.language);
    case 'reading-time':
      return facts?.words ? text(String(Math.ceil(facts.words / WORDS_A_MINUTE))) : null;
    case 'selection':
      return text(facts?.selection);
    case 'image':
      return text(imageOf(facts));
  }
}

function hostOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).host.replace(/^www\./, '') : undefined;
}

/** Words become the one item of a list; a date is written out where text is wanted. */
function asKind(value: Value, kind: Value['kind']): Value {
  if (value.kind === 'text' && kind === 'list') return { kind: 'list', items: [{ name: value.text }] };
  if (value.kind === 'date' && kind === 'text') return { kind: 'text', text: value.start };
  return value;
}

/** The date at that time, in milliseconds since the epoch, where the user is: `2026-05-03`. */
export function dayOf(at: number): string {
  const date = new Date(at);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
